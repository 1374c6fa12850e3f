package dev.sidecar.server.cli;

import dev.sidecar.LifecycleState;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidecar logs}. */
@Command(name = "logs", description = "Show recent log records, newest last.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final long LOOK_AGAIN_MILLIS = 500;

    @Mixin
    private Client client = new Client();

    @Option(
            names = {"-f", "--follow"},
            description = "and those to come, until the sidecar stops")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "how many; default ${DEFAULT-VALUE}",
            defaultValue = "100")
    private int lines = 100;

    @Option(names = "--severity", paramLabel = "S", description = "this and above, such as WARN")
    private @Nullable Severity severity;

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        LogQuery query = new LogQuery(Math.max(1, Math.min(1000, lines)), severity, null, null);
        sidecar.logs().recent(query).forEach(this::print);
        client.out().flush();
        if (!follow) {
            return 0;
        }
        try (var following = sidecar.logs().follow(query, this::print)) {
            while (isRunning(sidecar) && !client.out().checkError()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Asked twice, because info has a last known answer when the sidecar has none. */
    private static boolean isRunning(Sidecar sidecar) {
        try {
            return sidecar.info().state() != LifecycleState.STOPPED
                    && sidecar.status().status() == HealthStatus.UP;
        } catch (SidecarException e) {
            return false;
        }
    }

    private synchronized void print(LogRecord record) {
        if (client.json()) {
            client.printJson(record);
        } else {
            client.out()
                    .println("%s %-5s %s %s"
                            .formatted(
                                    record.timestamp(),
                                    record.severity().name().toUpperCase(Locale.ROOT),
                                    record.source(),
                                    record.body()));
        }
        client.out().flush();
    }
}
