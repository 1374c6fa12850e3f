package dev.sidecar.server.ambassador;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.server.proxy.EventLoops;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ambassador, where it has a port; without one nothing of it, nor of Netty, is loaded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("sidecar.ambassador.port")
@EnableConfigurationProperties(AmbassadorProperties.class)
public class AmbassadorConfiguration {

    @Bean(destroyMethod = "close")
    Ambassador ambassador(
            AmbassadorProperties properties,
            LocalSidecar sidecar,
            ResilienceOptions resilience,
            EventLoops loops,
            MeterRegistry meters) {
        try {
            return Ambassador.start(properties, sidecar, resilience.defaults(), loops, meters);
        } catch (IOException | IllegalArgumentException e) {
            throw new SidecarException(
                    Problem.of(400, "invalid-configuration", "sidecar.ambassador: " + e.getMessage()), e);
        }
    }
}
