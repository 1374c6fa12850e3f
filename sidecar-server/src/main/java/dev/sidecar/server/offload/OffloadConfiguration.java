package dev.sidecar.server.offload;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.ShutdownProperties;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.tls.TlsReloading;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The offload proxy, where it has a port; without one nothing of it, nor of Netty, is loaded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("sidecar.offload.port")
@EnableConfigurationProperties(OffloadProperties.class)
public class OffloadConfiguration {

    @Bean(destroyMethod = "close")
    Offload offload(
            OffloadProperties properties,
            AppProperties app,
            ShutdownProperties shutdown,
            LocalSidecar sidecar,
            PairLifecycle lifecycle,
            EventLoops loops,
            TlsReloading reloading,
            MeterRegistry meters) {
        try {
            return Offload.start(properties, app, shutdown, sidecar, lifecycle, loops, reloading, meters);
        } catch (IOException | IllegalArgumentException e) {
            throw new SidecarException(Problem.of(400, "invalid-configuration", named(e)), e);
        }
    }

    /** With the whole name of the property where the message begins with the rest of it. */
    private static String named(Exception failure) {
        String said = String.valueOf(failure.getMessage());
        return said.matches("(?s)[a-z-]+([.\\[].*|: .*)") ? "sidecar.offload." + said : "sidecar.offload: " + said;
    }
}
