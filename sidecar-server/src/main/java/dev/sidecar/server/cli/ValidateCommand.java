package dev.sidecar.server.cli;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sidecar validate}. */
@Command(
        name = "validate",
        description = "Check a sidecar.yml; say what is wrong and where, and exit with 78 if something is.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "the same as FILE")
    private @Nullable Path config;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "default ./sidecar.yml")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Path named = file == null ? config : file;
        Path found = ConfigFile.find(named)
                .orElseThrow(() -> new StartupFailure(
                        ExitCodes.CONFIG, "there is no ./sidecar.yml; name the file: sidecar validate FILE"));
        PrintWriter out = spec.commandLine().getOut();
        ConfigJudgement.judge(found).forEach(warning -> out.println("warning: " + warning));
        out.println(found.getFileName() + ": ok");
        return 0;
    }
}
