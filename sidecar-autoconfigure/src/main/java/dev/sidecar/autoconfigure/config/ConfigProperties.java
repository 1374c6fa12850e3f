package dev.sidecar.autoconfigure.config;

import dev.sidecar.config.ConfigOptions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.config.*}.
 *
 * @param enabled Whether Spring's environment has the values.
 * @param store Where values are written: in the store that all sidecars and libraries of this host share.
 */
@ConfigurationProperties("sidecar.config")
public record ConfigProperties(@DefaultValue("true") boolean enabled, @DefaultValue("local") Store store) {

    /** Where values are written. */
    public enum Store {
        /** The store that all sidecars and libraries of the host share. */
        LOCAL
    }

    /** The same for the engine. */
    public ConfigOptions toOptions() {
        return ConfigOptions.defaults();
    }
}
