package dev.sidecar.logging.otlp;

import dev.sidecar.logging.SpoolState;
import dev.sidecar.logging.spool.SpoolContent;
import dev.sidecar.logging.spool.SpoolEvents;
import dev.sidecar.logging.spool.SpoolFullException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what became of records on their way to the collector, and says it once when it changes. Thread-safe. */
final class SpoolLedger implements SpoolEvents, Shipper.Listener {

    private static final long COMPLAINT_NANOS = Duration.ofMinutes(1).toNanos();

    private final SinkEvents events;
    private final String collector;
    private final Map<String, Long> dropped = new TreeMap<>();
    private long delivered;
    private long damaged;
    private boolean retrying;
    private long complainedAt;
    private long diskSaidAt;
    private SpoolState.Status disk = SpoolState.Status.OK;
    private @Nullable String diskError;
    private @Nullable Instant diskSince;
    private @Nullable String lastError;
    private @Nullable Instant lastErrorAt;

    SpoolLedger(SinkEvents events, String collector) {
        this.events = events;
        this.collector = collector;
    }

    @Override
    public void droppedOldest(long records) {
        drop("spool-full", records);
    }

    @Override
    public void expired(long records) {
        drop("spool-expired", records);
    }

    @Override
    public void damaged(Path setAside, long unreadableBytes) {
        synchronized (this) {
            damaged++;
            error("a damaged segment was set aside as " + setAside);
        }
        events.damagedSegment();
        events.say(
                true,
                "the log spool had a damaged segment: " + unreadableBytes
                        + " bytes of it cannot be read, the rest is sent; it was set aside as " + setAside);
    }

    /** Records that found no place, for a reason the writer was told or nobody waits for. */
    private void drop(String reason, long records) {
        synchronized (this) {
            dropped.merge(reason, records, Long::sum);
        }
        events.dropped(reason, records);
    }

    @Override
    public void delivered(int records, long rejected, String message) {
        boolean recovered;
        synchronized (this) {
            delivered += records - rejected;
            recovered = retrying;
            retrying = false;
        }
        events.delivered(records - rejected);
        if (recovered) {
            events.say(false, "the log collector " + collector + " takes records again");
        }
        if (rejected > 0 || !message.isEmpty()) {
            String text = "the log collector " + collector + " rejected " + rejected + " of " + records + " records: "
                    + abbreviated(message);
            complain(text);
        }
        if (rejected > 0) {
            drop("collector-rejected", rejected);
        }
    }

    @Override
    public void refused(int records, String reason) {
        String text = "the log collector " + collector + " " + reason + "; " + records + " records were dropped";
        drop("collector-refused", records);
        complain(text);
    }

    @Override
    public void retrying(String reason, Duration pause) {
        String text = "the log collector " + collector + " " + reason;
        boolean first;
        synchronized (this) {
            first = !retrying;
            retrying = true;
            error(text);
        }
        if (first) {
            events.say(true, text + "; records are kept in the spool, next try in " + pause.toMillis() + " ms");
        }
    }

    @Override
    public void spoolUsable() {
        boolean recovered;
        synchronized (this) {
            recovered = disk == SpoolState.Status.UNWRITABLE;
            disk = recovered ? SpoolState.Status.OK : disk;
        }
        if (recovered) {
            events.say(false, "the log spool can be written again");
        }
    }

    @Override
    public void spoolFailed(IOException cause) {
        failed(cause);
    }

    void failed(IOException cause) {
        boolean full = cause instanceof SpoolFullException;
        String text = full ? String.valueOf(cause.getMessage()) : "the log spool cannot be used: " + cause.getMessage();
        boolean first;
        synchronized (this) {
            SpoolState.Status now = full ? SpoolState.Status.FULL : SpoolState.Status.UNWRITABLE;
            long at = System.nanoTime();
            // A disk at its edge may fail and recover many times.
            first = disk != now && (diskSaidAt == 0 || full || at - diskSaidAt > COMPLAINT_NANOS);
            diskSaidAt = first ? at : diskSaidAt;
            diskSince = disk == now ? diskSince : Instant.now();
            diskError = text;
            disk = now;
            error(text);
        }
        if (first) {
            events.say(true, text);
        }
    }

    /** What is said of a refusal is a record too, and may be refused. */
    private void complain(String text) {
        boolean due;
        synchronized (this) {
            error(text);
            long now = System.nanoTime();
            due = complainedAt == 0 || now - complainedAt > COMPLAINT_NANOS;
            complainedAt = due ? now : complainedAt;
        }
        if (due) {
            events.say(true, text);
        }
    }

    private void error(String text) {
        lastError = text;
        lastErrorAt = Instant.now();
    }

    synchronized SpoolState state(String endpoint, SpoolContent content) {
        long oldest = content.oldestMs();
        if (disk == SpoolState.Status.FULL && !content.full()) {
            disk = SpoolState.Status.OK;
        }
        return new SpoolState(
                disk,
                endpoint,
                content.bytes(),
                content.records(),
                oldest == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldest),
                delivered,
                Map.copyOf(dropped),
                damaged,
                disk == SpoolState.Status.OK ? lastError : diskError,
                disk == SpoolState.Status.OK ? lastErrorAt : diskSince);
    }

    synchronized void count(String reason, long records) {
        dropped.merge(reason, records, Long::sum);
    }

    private static String abbreviated(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
