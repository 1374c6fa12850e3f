package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.discovery.DiscoveryProperties;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.server.lifecycle.PairLifecycle;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The supervisor, for the verbs that need it; in other contexts it is never made. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SupervisorProperties.class)
public class SupervisorConfiguration {

    @Bean
    @Lazy
    PairRunner pairRunner(
            Sidecar sidecar,
            Identity identity,
            PairLifecycle lifecycle,
            SupervisorProperties properties,
            DiscoveryProperties discovery,
            HealthOptions health,
            Environment environment,
            ObjectProvider<Addresses> addresses) {
        return new PairRunner(
                sidecar,
                identity,
                lifecycle,
                properties,
                new PairRunner.RegistrationWish(
                        discovery.register(), discovery.ttl(), discovery.metadata(), health.checks()),
                Binder.get(environment)
                        .bind("sidecar.shutdown.propagation", Duration.class)
                        .orElse(Duration.ZERO),
                addresses::getObject);
    }
}
