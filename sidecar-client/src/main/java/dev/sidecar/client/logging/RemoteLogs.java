package dev.sidecar.client.logging;

import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.logging.LogPage;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogReceipt;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import dev.sidecar.logging.Severity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline in the sidecar. {@link #log} only puts a record into a bounded buffer; a full buffer is waited for at
 * most a second while the sidecar answers, and not at all while it does not. A record that finds no room goes to
 * standard error, and so does one that has waited a minute for a sidecar that is away.
 */
public final class RemoteLogs implements Logs, AutoCloseable {

    static final String PATH = "/v1/logs";

    private static final int BUFFER_RECORDS = 8192;
    private static final long BUFFER_BYTES = 8 * 1024 * 1024;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LAST_TRY = Duration.ofSeconds(2);

    private final Api api;
    private final LogBuffer buffer;
    private final Spill spill;
    private final LogSender sender;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public RemoteLogs(Api api, MeterRegistry meters) {
        this(api, meters, new LogBuffer(BUFFER_RECORDS, BUFFER_BYTES));
    }

    RemoteLogs(Api api, MeterRegistry meters, LogBuffer buffer) {
        this.api = api;
        this.buffer = buffer;
        this.spill = new Spill(records(meters, "spilled"), records(meters, "dropped"));
        this.sender =
                new LogSender(buffer, this::write, spill, api.transport().availability(), records(meters, "sent"));
    }

    private static Counter records(MeterRegistry meters, String outcome) {
        return Counter.builder("sidecar.client.logs")
                .description("Log records by what became of them: sent, spilled to standard error, dropped")
                .tag("outcome", outcome)
                .register(meters);
    }

    @Override
    public void log(LogRecord record) {
        if (closed || !buffered(record)) {
            spill.print(record);
        } else {
            sender.nudge();
        }
    }

    private boolean buffered(LogRecord record) {
        try {
            return buffer.add(record, api.transport().availability().since() == null ? PATIENCE_NANOS : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public LogReceipt write(List<LogRecord> records) {
        if (records.isEmpty()) {
            return LogReceipt.accepted(0);
        }
        Request request = Request.post(PATH, OtlpJson.encode(records));
        return Receipts.of(request, api.call(request), records.size());
    }

    @Override
    public LogPage page(LogQuery query, @Nullable String cursor) {
        return api.call(Request.get(target(query).with("cursor", cursor).toString()), LogPage.class);
    }

    static Target target(LogQuery query) {
        return Target.of(PATH)
                .with("limit", query.limit())
                .with("severity", query.severity() == Severity.UNSPECIFIED ? null : query.severity())
                .with("since", query.since())
                .with("q", query.text());
    }

    @Override
    public Subscription follow(LogQuery query, Consumer<LogRecord> listener) {
        return Follower.start(api.transport(), query, listener, followers);
    }

    @Override
    public boolean flush(Duration timeout) {
        try {
            return buffer.awaitEmpty(timeout.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Delivers what is buffered where the sidecar answers soon, else prints it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            followers.forEach(Follower::close);
            if (api.transport().availability().since() == null) {
                flush(LAST_TRY);
            }
            sender.close();
            spill.close(LAST_TRY.toMillis());
        }
    }
}
