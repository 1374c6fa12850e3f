package dev.sidecar.config;

import dev.sidecar.SidecarException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** {@code sidecar.config.*}. None of them opens the store. */
final class ConfigMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Counter written;
    private final Counter conflicts;
    private final Counter refused;
    private final Gauge watchers;
    private final Gauge trouble;

    ConfigMeters(MeterRegistry registry, IntSupplier watchers, Supplier<Boolean> trouble) {
        this.registry = registry;
        this.written = writes("written");
        this.conflicts = writes("conflict");
        this.refused = writes("refused");
        this.watchers = Gauge.builder("sidecar.config.watchers", () -> watchers.getAsInt())
                .description("Who is told of changes of the configuration")
                .register(registry);
        this.trouble = Gauge.builder("sidecar.config.trouble", () -> trouble.get() ? 1 : 0)
                .description("1 while the store does not work as it should")
                .register(registry);
    }

    private Counter writes(String outcome) {
        return Counter.builder("sidecar.config.writes")
                .description("Puts, deletes and rollbacks from here")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Does the write and counts how it ended. */
    <T> T counted(Supplier<T> write) {
        try {
            T done = write.get();
            written.increment();
            return done;
        } catch (SidecarException e) {
            (e.problem().status() == 412 ? conflicts : refused).increment();
            throw e;
        }
    }

    @Override
    public void close() {
        registry.remove(written);
        registry.remove(conflicts);
        registry.remove(refused);
        registry.remove(watchers);
        registry.remove(trouble);
    }
}
