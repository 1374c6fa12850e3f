package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sidecar health}. */
@Command(
        name = "health",
        description = "Show the checks; exit with 0 when the instance may serve, with 1 when not.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(arity = "0..1", paramLabel = "GROUP", description = "live, ready or startup; default all checks")
    private @Nullable HealthGroup group;

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        HealthReport report =
                group == null ? sidecar.health().report() : sidecar.health().report(group);
        if (client.json()) {
            client.printJson(report);
        } else {
            client.out().println(report.status());
            report.checks().forEach(check -> client.out().println(line(check)));
        }
        return report.status().serves() ? 0 : 1;
    }

    private static String line(CheckState check) {
        String output = check.output() == null
                ? ""
                : "  " + check.output().lines().findFirst().orElse("");
        return "  %-15s %-8s %s%s"
                .formatted(check.status(), check.type().name().toLowerCase(Locale.ROOT), check.name(), output)
                .stripTrailing();
    }
}
