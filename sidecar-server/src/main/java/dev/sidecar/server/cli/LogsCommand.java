package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidecar logs}. */
@Command(name = "logs", description = "Show recent log records, newest last.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

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
            client.awaitStop(sidecar);
        }
        return 0;
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
