package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import dev.sidecar.runtime.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps instances registered: what should be in the registry is compared with what is, and mended. Thread-safe.
 *
 * <p>Works on any {@link Discovery}, whichever way it is delivered. While the ready group of health does not serve,
 * nothing is registered. A name taken by somebody else is left to them until they are gone: two that fight would
 * never end.
 */
public final class Registrar implements AutoCloseable {

    private static final long LONGEST_REST_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private final Discovery discovery;
    private final Health health;
    private final MeterRegistry meters;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("registrar");
    private final Set<Keeper> keepers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final ClockGap gap = new ClockGap(System::currentTimeMillis, System::nanoTime);
    private @Nullable Subscription healthChanges;
    private boolean running;
    private volatile boolean serving;
    private boolean closed;

    public Registrar(Discovery discovery, Health health) {
        this(discovery, health, Metrics.globalRegistry);
    }

    /** Counts what it does as {@code sidecar.discovery.reconciled}, tagged {@code action}. */
    public Registrar(Discovery discovery, Health health, MeterRegistry meters) {
        this.discovery = discovery;
        this.health = health;
        this.meters = meters;
    }

    /** Keeps the instance registered while the ready group serves, until it is closed. Returns at once. */
    public synchronized KeptRegistration keep(Registration registration) {
        if (closed) {
            throw new IllegalStateException("the registrar is closed");
        }
        Keeper keeper = new Keeper(discovery, registration, this::request, keepers::remove, this::count);
        keepers.add(keeper);
        if (!running) {
            running = true;
            healthChanges = health.watch(report -> request());
            timer.execute(this::rounds);
        } else {
            request();
        }
        return keeper;
    }

    /** Asks for a round soon; requests before it starts are one. */
    private void request() {
        if (requested.compareAndSet(false, true)) {
            try {
                timer.execute(this::round);
            } catch (RejectedExecutionException e) {
                LOG.trace("closed", e);
            }
        }
    }

    private void rounds() {
        try {
            round();
        } finally {
            try {
                timer.schedule(this::rounds, rest(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.trace("closed", e);
            }
        }
    }

    /** A short lease needs more rounds. */
    private long rest() {
        long shortest = LONGEST_REST_MS;
        for (Keeper keeper : keepers) {
            shortest = Math.min(shortest, keeper.restMs());
        }
        return shortest;
    }

    private void round() {
        requested.set(false);
        boolean jumped = gap.since();
        readHealth();
        for (Keeper keeper : keepers) {
            try {
                keeper.reconcile(serving, jumped);
            } catch (RuntimeException e) {
                LOG.warn("Keeping {} registered failed; it is tried again", keeper, e);
            }
        }
    }

    /** An answer that cannot be had, or is old, changes nothing. */
    private void readHealth() {
        try {
            HealthReport report = health.report(HealthGroup.READY);
            if (report.staleSince() == null) {
                serving = report.status().serves();
            }
        } catch (RuntimeException e) {
            LOG.debug("Health did not answer", e);
        }
    }

    private void count(String action) {
        meters.counter("sidecar.discovery.reconciled", "action", action).increment();
    }

    /** Withdraws all that is kept. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            timer.shutdownNow();
            if (healthChanges != null) {
                healthChanges.close();
            }
        }
        keepers.forEach(Keeper::close);
    }
}
