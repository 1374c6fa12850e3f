package dev.sidecar.logging;

import dev.sidecar.LocalContext;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.logging.LogReceipt.LineError;
import dev.sidecar.logging.spool.SpoolFullException;
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
 * takes. {@link #write} appends to the spool and the file in the caller's thread and leaves only the console to the
 * worker; where there is nothing else, it waits for the console.
 */
public final class LocalLogs implements Logs, AutoCloseable {

    /** The longest that one call of {@link #log} can take. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The longest that an acknowledgement waits for the console. */
    private static final Duration CONSOLE = Duration.ofSeconds(2);

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
    private final @Nullable RemoteSink remote;
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
        remote = options.otlp() == null ? null : RemoteSink.start(options.otlp(), context, options, drops, queue);
        worker = new LogWorker(queue, drops, sources, this::fresh, file, remote, console);
        thread = Threads.named("logs", worker);
        thread.start();
    }

    @Override
    public void log(LogRecord record) {
        try {
            String source = sources.of(record);
            if (!limit.admits(source)) {
                drops.count(Drops.Reason.RATE_LIMIT, source, 1);
            } else if (!queued(record, source)) {
                drops.count(closed ? Drops.Reason.CLOSED : Drops.Reason.QUEUE_FULL, source, 1);
            }
        } catch (RuntimeException e) {
            drops.count(Drops.Reason.FAILED, "other", 1);
        }
    }

    // What may wait for others comes from threads that must not wait: those of a proxy.
    private boolean queued(LogRecord record, String source) {
        RecordQueue.Entry entry = RecordQueue.Entry.of(record);
        return queue.offer(entry, entry.patient() ? Duration.ZERO : patience(source));
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
        if (!admitted.isEmpty() && !keep(admitted)) {
            return refused(records.size());
        }
        meters.rejected(errors.size());
        return new LogReceipt(admitted.size(), errors.size(), errors);
    }

    /** Returns false when the policy is to drop them. */
    private boolean keep(List<LogRecord> records) {
        if (closed) {
            throw unavailable(records, "the log is closed because this process stops", null);
        }
        if (remote != null && !spooled(remote, records)) {
            return false;
        }
        RecordQueue.Entry entry = RecordQueue.Entry.delivered(records);
        if (file != null) {
            append(file, records);
        }
        if (file == null && remote == null) {
            // Nothing here is kept on a disk: what the console has got is the most there is to acknowledge.
            if (!queue.offer(entry, PATIENCE)) {
                throw unavailable(records, "the queue to the console is full (sidecar.logging.queue.size)", null);
            }
            if (console != null && !queue.drained(CONSOLE)) {
                throw unavailable(
                        records, "the console, the only sink, takes nothing (standard output is stuck)", null);
            }
        } else if (console != null && !queue.offer(entry, Duration.ZERO)) {
            lost(Drops.Reason.CONSOLE, records);
        }
        records.forEach(this::publish);
        return true;
    }

    private boolean spooled(RemoteSink spool, List<LogRecord> records) {
        try {
            return spool.write(records);
        } catch (SpoolFullException e) {
            meters.rejected(records.size());
            if (e.isForEver()) {
                throw new SidecarException(Problem.of(413, "log-batch-too-large", String.valueOf(e.getMessage())), e);
            }
            Problem full = Problem.of(
                    429, "log-spool-full", e.getMessage() + "; none of the " + records.size() + " records was kept");
            throw new SidecarException(full.retryAfter(RETRY_SECONDS), e);
        } catch (IOException e) {
            throw unavailable(
                    records,
                    "the spool in sidecar.home, before the collector, cannot be written: " + e.getMessage(),
                    e);
        }
    }

    private void append(FileSink to, List<LogRecord> records) {
        try {
            if (remote == null) {
                to.commit(records);
            } else {
                to.write(records);
            }
        } catch (IOException e) {
            if (remote == null) {
                throw unavailable(records, "sidecar.logging.file.path cannot be written: " + e.getMessage(), e);
            }
            // They are safe in the spool, and an answer of failure would have them sent twice.
            lost(Drops.Reason.FILE, records);
        }
    }

    private LogReceipt refused(int count) {
        String detail = "the spool is full (sidecar.logging.spool.max-size) and drops the newest"
                + " (sidecar.logging.spool.when-full)";
        List<LineError> errors = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            errors.add(new LineError(i, detail));
        }
        meters.rejected(count);
        return new LogReceipt(0, count, errors);
    }

    private void lost(Drops.Reason reason, List<LogRecord> records) {
        records.forEach(record -> drops.count(reason, sources.of(record), 1));
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
        Drops.Reason what = entry.delivered() && (file != null || remote != null) ? Drops.Reason.CONSOLE : reason;
        lost(what, entry.records());
    }

    @Override
    public LogPage page(LogQuery query, @Nullable String cursor) {
        return recent.matching(query, cursor);
    }

    @Override
    public Subscription follow(LogQuery query, Consumer<LogRecord> listener) {
        return followers.follow(query, listener);
    }

    /** The disk spool before the remote sink; null when there is none. */
    public @Nullable SpoolState spool() {
        return remote == null ? null : remote.state();
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
        if (remote != null) {
            remote.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
