package dev.sidecar.logging;

import dev.sidecar.LocalContext;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.logging.LogReceipt.LineError;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline in this process: enrich, redact, limit, keep the recent, hand to the sinks.
 *
 * <p>{@link #log} goes through a bounded queue to one worker. Under {@code BLOCK} a caller waits for room at most
 * {@link #PATIENCE}, then its record is dropped and counted, so that a console nobody reads cannot stop an application;
 * only the threads that read the application's own output ({@code stdout}, {@code stderr}) wait for as long as it
 * takes. {@link #write} appends to the file in the caller's thread and leaves only the console to the worker.
 */
public final class LocalLogs implements Logs, AutoCloseable {

    /** The longest that one call of {@link #log} can take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final long RETRY_SECONDS = 5;
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Set<String> CAPTURED = Set.of("stdout", "stderr");

    private final Enrichment enrichment;
    private final Redactor redactor;
    private final RateLimit limit;
    private final Sources sources = new Sources();
    private final LogMeters meters;
    private final Drops drops;
    private final RecordQueue queue;
    private final RecentRecords recent;
    private final Followers followers = new Followers();
    private final @Nullable ConsoleSink console;
    private final @Nullable FileSink file;
    private final LogWorker worker;
    private final Thread thread;
    private volatile boolean closed;

    /** Throws {@link IllegalArgumentException} that names the property which is wrong. */
    public static LocalLogs start(LocalContext context, LoggingOptions options) {
        ConsoleSink console = options.console().enabled()
                ? new ConsoleSink(options.console(), () -> System.out, () -> System.err)
                : null;
        return new LocalLogs(context, options, console);
    }

    LocalLogs(LocalContext context, LoggingOptions options, @Nullable ConsoleSink console) {
        LoggingChecks.check(options);
        this.console = console;
        enrichment = new Enrichment(context.identity());
        redactor = new Redactor(options.redact());
        limit = new RateLimit(options.rateLimit(), System::nanoTime);
        meters = new LogMeters(context.meters());
        long memory = Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 8);
        queue = new RecordQueue(
                options.queue().size(),
                memory,
                options.queue().whenFull(),
                entry -> lost(Drops.Reason.QUEUE_FULL, entry));
        drops = new Drops(meters, System::nanoTime, queue::wake);
        recent = new RecentRecords(options.recent(), memory / 2);
        file = options.file() == null ? null : new FileSink(options.file());
        worker = new LogWorker(queue, drops, sources, this::fresh, file, console);
        thread = Threads.named("logs", worker);
        thread.start();
    }

    @Override
    public void log(LogRecord record) {
        try {
            String source = sources.of(record);
            if (!limit.admits(source)) {
                drops.count(Drops.Reason.RATE_LIMIT, source, 1);
            } else if (!queue.offer(RecordQueue.Entry.of(record), patience(source))) {
                drops.count(closed ? Drops.Reason.CLOSED : Drops.Reason.QUEUE_FULL, source, 1);
            }
        } catch (RuntimeException e) {
            drops.count(Drops.Reason.FAILED, "other", 1);
        }
    }

    private Duration patience(String source) {
        if (Thread.currentThread() == thread) {
            // A sink that logs would wait for itself.
            return Duration.ZERO;
        }
        return CAPTURED.contains(source) ? FOREVER : PATIENCE;
    }

    @Override
    public LogReceipt write(List<LogRecord> records) {
        List<LogRecord> admitted = new ArrayList<>(records.size());
        List<LineError> errors = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            String source = sources.of(records.get(i));
            if (limit.admits(source)) {
                admitted.add(processed(records.get(i)));
            } else {
                drops.count(Drops.Reason.RATE_LIMIT, source, 1);
                errors.add(new LineError(i + 1, "source '" + source + "' is over sidecar.logging.rate-limit"));
            }
        }
        if (!admitted.isEmpty()) {
            keep(admitted);
        }
        meters.rejected(errors.size());
        return new LogReceipt(admitted.size(), errors.size(), errors);
    }

    private void keep(List<LogRecord> records) {
        if (closed) {
            throw unavailable(records, "the log is closed because this process stops", null);
        }
        RecordQueue.Entry entry = RecordQueue.Entry.delivered(records);
        if (file == null) {
            // Nothing here survives this process; a place in the queue is the most there is to acknowledge.
            if (!queue.offer(entry, PATIENCE)) {
                throw unavailable(records, "the queue to the console is full (sidecar.logging.queue.size)", null);
            }
        } else {
            try {
                file.write(records);
            } catch (IOException e) {
                throw unavailable(records, "sidecar.logging.file.path cannot be written: " + e.getMessage(), e);
            }
            if (console != null && !queue.offer(entry, Duration.ZERO)) {
                records.forEach(record -> drops.count(Drops.Reason.CONSOLE, sources.of(record), 1));
            }
        }
        records.forEach(this::publish);
    }

    private SidecarException unavailable(List<LogRecord> records, String detail, @Nullable Throwable cause) {
        meters.rejected(records.size());
        Problem problem = Problem.of(
                503, "log-sink-unavailable", detail + "; none of the " + records.size() + " records was acknowledged");
        return new SidecarException(problem.retryAfter(RETRY_SECONDS), cause);
    }

    private LogRecord processed(LogRecord record) {
        return redactor.redact(enrichment.enrich(record));
    }

    /** A record that comes out of the queue as it was put in. */
    private LogRecord fresh(LogRecord record) {
        LogRecord processed = processed(record);
        publish(processed);
        return processed;
    }

    private void publish(LogRecord record) {
        meters.accepted(sources.of(record), record.severity());
        recent.add(record);
        followers.publish(record);
    }

    private void lost(Drops.Reason reason, RecordQueue.Entry entry) {
        Drops.Reason what = entry.delivered() && file != null ? Drops.Reason.CONSOLE : reason;
        entry.records().forEach(record -> drops.count(what, sources.of(record), 1));
    }

    @Override
    public List<LogRecord> recent(LogQuery query) {
        return recent.matching(query);
    }

    @Override
    public Subscription follow(LogQuery query, Consumer<LogRecord> listener) {
        return followers.follow(query, listener);
    }

    @Override
    public boolean flush(Duration timeout) {
        return queue.drained(timeout);
    }

    /** Takes no more, gives what is queued to the sinks for a few seconds at most, and ends the worker. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        queue.close();
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        followers.close();
        if (file != null) {
            file.close();
        }
    }
}
