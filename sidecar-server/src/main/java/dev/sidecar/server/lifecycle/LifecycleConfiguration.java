package dev.sidecar.server.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lifecycle as a bean, for whoever shows the state or asks for a stop. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {

    @Bean
    PairLifecycle pairLifecycle(MeterRegistry meters) {
        return new PairLifecycle(meters);
    }
}
