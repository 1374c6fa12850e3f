package dev.sidecar.server.cli;

import dev.sidecar.server.compare.Compare;
import dev.sidecar.server.compare.Request;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sidecar compare}. */
@Command(
        name = "compare",
        description = "Measure library against sidecar on this machine; leave a page and JSON.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    /** One or the other. */
    static final class Effort {
        @Option(names = "--quick", description = "under two minutes; says less about the tails")
        boolean quick;

        @Option(names = "--thorough", description = "for numbers to publish")
        boolean thorough;
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", description = "where the report goes; default ./sidecar-compare")
    private Path out = Path.of("sidecar-compare");

    @ArgGroup
    private @Nullable Effort effort;

    @Option(names = "--profile", paramLabel = "FILE", description = "YAML: situation, plan, your own application")
    private @Nullable Path profile;

    @Option(names = "--baseline", paramLabel = "FILE", description = "an earlier compare.json: say what got slower")
    private @Nullable Path baseline;

    @Option(names = "--fail-over", paramLabel = "PERCENT", description = "exit with 1 when slower by more, e.g. 20%%")
    private @Nullable String failOver;

    @Option(
            names = "--app-jvm-options",
            paramLabel = "OPTIONS",
            description = "of the measured applications; default ${DEFAULT-VALUE}")
    private String appJvmOptions = "-XX:+UseSerialGC -Xmx128m -Xss512k";

    @Option(
            names = "--situation",
            paramLabel = "KEY=VALUE",
            description = "what the choice weighs, such as languages=java,go; may be repeated (docs/choosing.md)")
    private Map<String, String> situation = new LinkedHashMap<>();

    @Option(names = "--label", hidden = true, description = "for checks: ASKED=TAKEN, a way that stands for another")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        Request request =
                new Request(out, depth(), profile, baseline, percent(), words(appJvmOptions), situation, labels);
        try {
            return new Compare(request, spec.commandLine().getOut()).run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw new StartupFailure(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Request.Depth depth() {
        if (effort == null) {
            return Request.Depth.STANDARD;
        }
        return effort.quick ? Request.Depth.QUICK : Request.Depth.THOROUGH;
    }

    private @Nullable Double percent() {
        if (failOver == null) {
            return null;
        }
        if (baseline == null) {
            throw new ParameterException(spec.commandLine(), "--fail-over needs --baseline");
        }
        try {
            return Double.valueOf(failOver.replaceFirst("%$", "").strip());
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "--fail-over: '" + failOver + "' is not a percentage; give one such as 20%");
        }
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
