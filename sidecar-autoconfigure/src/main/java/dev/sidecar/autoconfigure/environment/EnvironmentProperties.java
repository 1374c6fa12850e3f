package dev.sidecar.autoconfigure.environment;

import dev.sidecar.environment.EnvironmentOptions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.environment.*}. In the sidecar delivery the sidecar has its own.
 *
 * @param enabled Whether facts of where the application runs are told.
 * @param downwardApi Directory into which a pod mounts the downward API's files.
 */
@ConfigurationProperties("sidecar.environment")
public record EnvironmentProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue("/etc/podinfo") String downwardApi) {

    /** The same for the engine. */
    public EnvironmentOptions toOptions() {
        return new EnvironmentOptions(enabled, downwardApi);
    }
}
