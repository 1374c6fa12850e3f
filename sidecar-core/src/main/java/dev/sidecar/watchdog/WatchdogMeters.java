package dev.sidecar.watchdog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code sidecar.watchdog.*}. */
final class WatchdogMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Counter heartbeats;
    private final Counter restarts;
    private final Gauge tripped;

    WatchdogMeters(MeterRegistry registry, Supplier<Boolean> tripped) {
        this.registry = registry;
        this.heartbeats = Counter.builder("sidecar.watchdog.heartbeats")
                .description("Heartbeats of the application")
                .register(registry);
        this.restarts = Counter.builder("sidecar.watchdog.restarts")
                .description("How often the application was started again")
                .register(registry);
        this.tripped = Gauge.builder("sidecar.watchdog.tripped", () -> tripped.get() ? 1 : 0)
                .description("1 while something is wrong with the application")
                .register(registry);
    }

    void heartbeat() {
        heartbeats.increment();
    }

    void restart() {
        restarts.increment();
    }

    void event(Cause cause, WatchdogAction action) {
        Counter.builder("sidecar.watchdog.events")
                .description("What the watchdog found wrong")
                .tags("cause", cause.word(), "action", action.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    @Override
    public void close() {
        registry.remove(heartbeats);
        registry.remove(restarts);
        registry.remove(tripped);
    }
}
