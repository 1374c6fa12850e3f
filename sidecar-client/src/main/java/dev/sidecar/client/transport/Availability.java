package dev.sidecar.client.transport;

import dev.sidecar.SidecarStatus;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.runtime.Threads;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the sidecar answers, as the calls of the application have found. While it does not, and only then, one
 * thread asks with growing pauses whether it is back. Thread-safe.
 */
public final class Availability implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

    /** Told: whether the log has it. */
    private record Outage(SidecarStatus status, boolean hangs, boolean told) {}

    private final List<Runnable> afterReturn = new CopyOnWriteArrayList<>();
    private volatile @Nullable Outage outage;
    private @Nullable Thread watcher;
    private @Nullable Runnable probe;
    private boolean mend;
    private boolean closed;

    /** Degraded until the first answer. */
    public Availability(String endpoint) {
        outage = new Outage(degraded(endpoint + " has not answered yet"), false, false);
    }

    private static SidecarStatus degraded(String detail) {
        return new SidecarStatus(
                HealthStatus.DEGRADED,
                detail + "; reads give the last known answer, log records wait or go to standard error",
                Instant.now());
    }

    /** Begins to ask. The question fails by throwing, and calls this object by itself. */
    public synchronized void start(Runnable question) {
        probe = question;
        wake();
    }

    public SidecarStatus status() {
        Outage current = outage;
        return current == null ? SidecarStatus.UP : current.status;
    }

    /** Since when it does not answer; null when it does. */
    public @Nullable Instant since() {
        return status().since();
    }

    /** Whether a call would most likely cost its whole timeout, so that a fallback is better used at once. */
    public boolean hangs() {
        Outage current = outage;
        return current != null && current.hangs;
    }

    /** Runs after every time the sidecar came back, perhaps as a new process; on a thread of ours. */
    public void onReturn(Runnable action) {
        afterReturn.add(action);
    }

    void answered() {
        Outage before = outage;
        if (before == null) {
            return;
        }
        synchronized (this) {
            before = outage;
            outage = null;
            mend = true;
            wake();
        }
        if (before != null && before.told) {
            LOG.info("The sidecar answers again; it did not since {}", before.status.since());
        }
    }

    void failed(String detail, boolean hangs) {
        SidecarStatus status = degraded(detail);
        boolean tell;
        synchronized (this) {
            Outage before = outage;
            tell = before == null || !before.told;
            if (before != null) {
                status = new SidecarStatus(status.status(), status.detail(), before.status.since());
            }
            outage = new Outage(status, hangs, true);
            wake();
        }
        if (tell) {
            LOG.warn("The sidecar does not answer: {}", status.detail());
        }
    }

    /** A connection was lost between two calls: what was defined may be gone. */
    void reconnected() {
        synchronized (this) {
            mend = true;
            wake();
        }
    }

    private synchronized void wake() {
        notifyAll();
        if (watcher == null && !closed && probe != null) {
            watcher = Threads.named("client-availability", this::watch);
            watcher.start();
        }
    }

    private void watch() {
        Backoff backoff = new Backoff();
        try {
            while (true) {
                if (outage != null) {
                    ask();
                }
                if (outage != null) {
                    pause(backoff.next().toMillis());
                } else if (tookMending()) {
                    afterReturn.forEach(Availability::run);
                    backoff.reset();
                } else if (ended()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void ask() throws InterruptedException {
        Runnable question;
        synchronized (this) {
            question = probe;
            if (closed) {
                throw new InterruptedException();
            }
        }
        if (question != null) {
            run(question);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.debug("The sidecar is away or refused: {}", e.getMessage());
        }
    }

    private synchronized void pause(long millis) throws InterruptedException {
        if (outage != null && !closed) {
            wait(millis);
        }
    }

    private synchronized boolean tookMending() {
        boolean taken = mend;
        mend = false;
        return taken;
    }

    private synchronized boolean ended() {
        if (outage == null && !mend || closed) {
            watcher = null;
            return true;
        }
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (watcher != null) {
            watcher.interrupt();
        }
    }
}
