package dev.sidecar.autoconfigure.health;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Reports the application's readiness as the ttl check {@value #CHECK}, at once when it changes and every few seconds,
 * so that an application that refuses traffic, or hangs, is out of discovery, and back when it recovers. Defines the
 * application's checks first, which the sidecar of the other delivery does not know.
 */
final class ReadinessReporter implements ApplicationListener<AvailabilityChangeEvent<?>>, SmartLifecycle {

    /** The name of the check. */
    static final String CHECK = "spring";

    /** From one report to the next. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ReadinessReporter.class);

    private final Health health;
    private final Readiness readiness;
    private final List<CheckDefinition> definitions;
    private boolean defined;
    private volatile @Nullable ScheduledExecutorService timer;

    ReadinessReporter(Health health, Readiness readiness, List<CheckDefinition> definitions) {
        this.health = health;
        this.readiness = readiness;
        this.definitions = List.copyOf(definitions);
    }

    /** One word counts, in either direction; silence for three intervals is a failure. */
    static CheckDefinition definition() {
        return CheckDefinition.ttl(CHECK, INTERVAL.multipliedBy(3))
                .rise(1)
                .fall(1)
                .build();
    }

    /** The timer's thread may wait for the application's own health checks and for the sidecar: it does nothing else. */
    @Override
    public void start() {
        ScheduledExecutorService started = Threads.timer("readiness");
        started.scheduleWithFixedDelay(this::report, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        timer = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = timer;
        timer = null;
        if (running != null) {
            running.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return timer != null;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        ScheduledExecutorService running = timer;
        if (running != null) {
            try {
                running.execute(this::report);
            } catch (RejectedExecutionException e) {
                log.debug("Stopped while a change of availability came in", e);
            }
        }
    }

    private void report() {
        try {
            push();
        } catch (SidecarUnavailableException e) {
            defined = false;
            log.debug("The sidecar does not answer; readiness is reported again in {}", INTERVAL);
        } catch (RuntimeException e) {
            defined = false;
            if (isRunning()) {
                log.warn("Readiness could not be reported; it is tried again in {}", INTERVAL, e);
            }
        }
    }

    private void push() {
        HealthStatus now = readiness.now();
        if (!defined) {
            definitions.forEach(health::define);
            defined = true;
        }
        health.push(CHECK, now, null);
    }
}
