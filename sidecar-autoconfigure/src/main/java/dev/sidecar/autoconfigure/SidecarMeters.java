package dev.sidecar.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The meters the engines write to. The engines start before most beans, so the application's registry is joined once
 * all beans are there: neither is then early because of the other.
 */
public final class SidecarMeters implements SmartInitializingSingleton {

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final ObjectProvider<MeterRegistry> application;

    SidecarMeters(ObjectProvider<MeterRegistry> application) {
        this.application = application;
    }

    /** Never null; what is counted before the application's registry is joined is not in it. */
    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        application.ifUnique(registry::add);
    }
}
