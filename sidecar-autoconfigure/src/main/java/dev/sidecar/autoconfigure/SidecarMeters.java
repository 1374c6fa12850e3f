package dev.sidecar.autoconfigure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The meters the engines write to. The engines start before most beans, so the application's registry is joined once
 * all beans are there: neither is then early because of the other.
 */
public final class SidecarMeters implements SmartInitializingSingleton {

    private static final String COMPOSITE = CompositeMeterRegistry.class.getName();

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final MeterRegistry early = new SimpleMeterRegistry();
    private final ObjectProvider<MeterRegistry> application;
    private final ObjectProvider<LoggingSystem> logging;

    SidecarMeters(ObjectProvider<MeterRegistry> application, ObjectProvider<LoggingSystem> logging) {
        this.application = application;
        this.logging = logging;
        registry.add(early);
    }

    /** Never null; what is counted before the application's registry is joined is handed over to it then. */
    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        registry.remove(early);
        application.ifUnique(joined -> {
            withoutWarning(() -> registry.add(joined));
            early.getMeters().forEach(meter -> handOver(meter, joined));
        });
        early.close();
    }

    /** Micrometer warns that what was counted before is lost, which is what is handed over here. */
    private void withoutWarning(Runnable joining) {
        LoggingSystem system = logging.getIfAvailable();
        if (system == null) {
            joining.run();
            return;
        }
        LoggerConfiguration before = system.getLoggerConfiguration(COMPOSITE);
        system.setLogLevel(COMPOSITE, LogLevel.ERROR);
        try {
            joining.run();
        } finally {
            system.setLogLevel(COMPOSITE, before == null ? null : before.getConfiguredLevel());
        }
    }

    private static void handOver(Meter meter, MeterRegistry joined) {
        if (meter instanceof Counter counted && counted.count() > 0) {
            Counter same = joined.find(counted.getId().getName())
                    .tags(counted.getId().getTags())
                    .counter();
            if (same != null) {
                same.increment(counted.count());
            }
        }
    }
}
