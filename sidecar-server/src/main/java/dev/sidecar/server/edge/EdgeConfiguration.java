package dev.sidecar.server.edge;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarMeters;
import dev.sidecar.runtime.SidecarHome;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The edge manager. */
@Configuration(proxyBeanMethods = false)
@Import(EdgeController.class)
public class EdgeConfiguration {

    /** Only where a proxy is configured. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(EdgeConfigured.class)
    @EnableConfigurationProperties(EdgeProperties.class)
    static class Configured {

        @Bean
        Edge edge(Sidecar sidecar, SidecarHome home, SidecarMeters meters, EdgeProperties properties) {
            ProxyFactory.apart(properties.edge());
            ProxyFactory factory = new ProxyFactory(sidecar, home, meters.registry());
            return new Edge(properties.edge(), (entry, timer) -> factory.make(entry.getKey(), entry.getValue(), timer));
        }
    }
}
