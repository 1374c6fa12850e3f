package dev.sidecar.autoconfigure.health;

import dev.sidecar.Subscription;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthReport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * While an operator has taken the instance out of service, the application's readiness refuses traffic; afterwards it
 * is again what the application last said. Thread-safe.
 */
final class MaintenanceGate implements ApplicationListener<AvailabilityChangeEvent<?>>, SmartLifecycle {

    private final Health health;
    private final ApplicationEventPublisher publisher;
    private ReadinessState said;
    private boolean closed;
    private @Nullable Subscription watch;

    MaintenanceGate(Health health, ApplicationAvailability availability, ApplicationEventPublisher publisher) {
        this.health = health;
        this.publisher = publisher;
        this.said = availability.getReadinessState();
    }

    @Override
    public synchronized void start() {
        if (watch == null) {
            watch = health.watch(this::follow);
        }
    }

    @Override
    public void stop() {
        Subscription ended;
        synchronized (this) {
            ended = watch;
            watch = null;
        }
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return watch != null;
    }

    @Override
    public synchronized void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        if (event.getSource() == this || !(event.getState() instanceof ReadinessState state)) {
            return;
        }
        said = state;
        if (closed && state == ReadinessState.ACCEPTING_TRAFFIC) {
            publish(ReadinessState.REFUSING_TRAFFIC);
        }
    }

    private synchronized void follow(HealthReport report) {
        if (closed != report.maintenance().enabled()) {
            closed = report.maintenance().enabled();
            publish(closed ? ReadinessState.REFUSING_TRAFFIC : said);
        }
    }

    private void publish(ReadinessState state) {
        AvailabilityChangeEvent.publish(publisher, this, state);
    }
}
