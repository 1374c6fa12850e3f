package dev.sidecar.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.shutdown.*}.
 *
 * @param propagation how long others get to learn of the deregistration before the application is asked to stop
 */
@ConfigurationProperties("sidecar.shutdown")
public record ShutdownProperties(@DefaultValue("0s") Duration propagation) {

    public ShutdownProperties {
        NonNegative.require("sidecar.shutdown.propagation", propagation);
    }
}
