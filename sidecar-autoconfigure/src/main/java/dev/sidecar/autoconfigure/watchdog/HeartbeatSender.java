package dev.sidecar.autoconfigure.watchdog;

import dev.sidecar.SidecarException;
import dev.sidecar.runtime.Threads;
import dev.sidecar.watchdog.Watchdog;
import dev.sidecar.watchdog.WatchdogOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.SmartLifecycle;

/**
 * Three heartbeats in the time in which one is due, as long as the application's own liveness is not broken. A
 * heartbeat that does not arrive is not made up for: the next one counts.
 */
final class HeartbeatSender implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatSender.class);

    private final Watchdog watchdog;
    private final Duration heartbeat;
    private final ObjectProvider<ApplicationAvailability> availability;
    private final ScheduledExecutorService timer = Threads.timer("heartbeat");
    private volatile boolean running;

    HeartbeatSender(Watchdog watchdog, WatchdogOptions options, ObjectProvider<ApplicationAvailability> availability) {
        this.watchdog = watchdog;
        this.heartbeat = Objects.requireNonNull(options.heartbeat(), "sidecar.watchdog.heartbeat");
        this.availability = availability;
    }

    @Override
    public void start() {
        running = true;
        long every = Math.max(1, heartbeat.toMillis() / 3);
        var ignored = timer.scheduleAtFixedRate(this::send, 0, every, TimeUnit.MILLISECONDS);
    }

    private void send() {
        ApplicationAvailability own = availability.getIfAvailable();
        if (own != null && own.getLivenessState() == LivenessState.BROKEN) {
            return;
        }
        try {
            watchdog.heartbeat();
        } catch (SidecarException e) {
            LOG.debug("A heartbeat did not arrive: {}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
