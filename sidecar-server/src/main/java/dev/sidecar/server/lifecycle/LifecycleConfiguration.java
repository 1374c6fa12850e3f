package dev.sidecar.server.lifecycle;

import dev.sidecar.LocalSidecar;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lifecycle as a bean, for whoever shows the state or asks for a stop. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {

    /** Who is asked whether the instance may get traffic says no from the moment it drains. */
    @Bean
    PairLifecycle pairLifecycle(MeterRegistry meters, LocalSidecar sidecar) {
        return new PairLifecycle(meters, () -> sidecar.health().draining(true));
    }
}
