package dev.sidecar.server.cli;

import dev.sidecar.server.supervisor.AppCommand;
import dev.sidecar.server.supervisor.PairRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sidecar run}. */
@Command(
        name = "run",
        description = "Start the sidecar, then the application; live and die together.",
        customSynopsis = "sidecar run [options] -- <command>...",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--raw", description = "pass the application's output on as it is (sidecar.app.raw)")
    private boolean raw;

    @Option(
            names = "--restart",
            paramLabel = "POLICY",
            description = "never, on-failure or always (sidecar.app.restart)")
    private @Nullable String restart;

    @Parameters(arity = "1..*", paramLabel = "<command>", description = "the application's command line, after --")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        AppCommand command = new AppCommand(words);
        command.check(System.getenv("PATH"));
        Map<String, String> properties = options.properties();
        ServerOptions.put(properties, "sidecar.app.restart", restart);
        if (raw) {
            properties.put("sidecar.app.raw", "true");
            properties.putIfAbsent("sidecar.logging.console.enabled", "false");
        }
        try (ConfigurableApplicationContext context =
                Server.start(properties, options.config, command.derivedName(), all -> {})) {
            return context.getBean(PairRunner.class).run(command);
        }
    }
}
