package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.util.ArrayList;
import java.util.List;
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

    /** What came before the recent records were shown; null once they are. */
    private @Nullable List<LogRecord> backlog = new ArrayList<>();

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        LogQuery query = new LogQuery(Math.max(1, Math.min(LogQuery.MAX_LIMIT, lines)), severity, null, null);
        if (!follow) {
            recent(sidecar, query).forEach(this::print);
            return 0;
        }
        // Before the recent ones are asked for, or what comes in between would be in neither.
        try (var following = sidecar.logs().follow(query, this::heard)) {
            showBacklog(recent(sidecar, query));
            client.awaitStop(sidecar);
        }
        return 0;
    }

    private List<LogRecord> recent(Sidecar sidecar, LogQuery query) {
        return lines < 1 ? List.of() : sidecar.logs().recent(query);
    }

    private synchronized void showBacklog(List<LogRecord> recent) {
        recent.forEach(this::print);
        List<LogRecord> meanwhile = backlog == null ? List.of() : backlog;
        backlog = null;
        meanwhile.stream().filter(record -> !recent.contains(record)).forEach(this::print);
    }

    private synchronized void heard(LogRecord record) {
        if (backlog == null) {
            print(record);
        } else {
            backlog.add(record);
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
