package dev.sidecar.logging;

import dev.sidecar.LocalContext;
import dev.sidecar.logging.LoggingOptions.WhenFull;
import dev.sidecar.logging.otlp.OtlpSink;
import dev.sidecar.logging.otlp.SinkEvents;
import dev.sidecar.logging.spool.SpoolFullException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The spool and the collector behind it, with the policy of the pipeline. Thread-safe, but for {@link #keep}. */
final class RemoteSink implements AutoCloseable {

    private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

    /** Whose records they were is not known any more once they are encoded. */
    private static final String SOURCE = "spool";

    private final OtlpSink sink;
    private final SpoolMeters meters;
    private final WhenFull whenFull;
    private boolean full;
    private volatile boolean closed;

    private RemoteSink(OtlpSink sink, SpoolMeters meters, WhenFull whenFull) {
        this.sink = sink;
        this.meters = meters;
        this.whenFull = whenFull;
    }

    static RemoteSink start(
            LoggingOptions.Otlp otlp, LocalContext context, LoggingOptions options, Drops drops, RecordQueue queue) {
        SpoolMeters meters = new SpoolMeters(context.meters());
        SinkEvents events = new SinkEvents() {
            @Override
            public void dropped(String reason, long records) {
                Drops.Reason why =
                        Drops.Reason.valueOf(reason.toUpperCase(Locale.ROOT).replace('-', '_'));
                drops.count(why, SOURCE, (int) Math.min(Integer.MAX_VALUE, records));
            }

            @Override
            public void delivered(long records) {
                meters.delivered(records);
            }

            @Override
            public void damagedSegment() {
                meters.damagedSegment();
            }

            @Override
            public void say(boolean warning, String text) {
                LogRecord record = LogRecord.builder()
                        .severity(warning ? Severity.WARN : Severity.INFO)
                        .body(text)
                        .scope(Drops.SCOPE)
                        .source("sidecar")
                        .build();
                queue.offer(RecordQueue.Entry.of(record), Duration.ZERO);
            }
        };
        OtlpSink sink = OtlpSink.start(
                otlp,
                options.spool(),
                () -> context.home().spool(),
                context.identity().name(),
                events);
        meters.show(sink);
        return new RemoteSink(sink, meters, options.spool().whenFull());
    }

    /**
     * Returns once the records are on the disk; false when the policy is to drop them.
     *
     * @throws SpoolFullException when there is no room and the policy is to say so
     */
    boolean write(List<LogRecord> records) throws IOException {
        try {
            sink.write(records);
            return true;
        } catch (SpoolFullException e) {
            if (whenFull == WhenFull.BLOCK || e.isForEver()) {
                throw e;
            }
            sink.lost(Drops.Reason.SPOOL_FULL.tag(), records.size());
            return false;
        }
    }

    /** For records nobody waits for: waits for room, once, and returns why they are lost, null when they are not. */
    Drops.@Nullable Reason keep(List<LogRecord> records) {
        long until = System.nanoTime() + (full ? 0 : LocalLogs.PATIENCE.toNanos());
        while (true) {
            try {
                sink.write(records);
                full = false;
                return null;
            } catch (SpoolFullException e) {
                if (whenFull != WhenFull.BLOCK || e.isForEver() || closed || System.nanoTime() >= until) {
                    full = true;
                    sink.lost(Drops.Reason.SPOOL_FULL.tag(), records.size());
                    return Drops.Reason.SPOOL_FULL;
                }
                LockSupport.parkNanos(STEP_NANOS);
            } catch (IOException | RuntimeException e) {
                sink.lost(Drops.Reason.SPOOL.tag(), records.size());
                return Drops.Reason.SPOOL;
            }
        }
    }

    SpoolState state() {
        return sink.state();
    }

    @Override
    public void close() {
        closed = true;
        meters.hide();
        sink.close();
    }
}
