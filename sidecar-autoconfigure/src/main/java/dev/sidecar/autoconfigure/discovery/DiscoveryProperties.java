package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.autoconfigure.InvalidProperty;
import dev.sidecar.discovery.DiscoveryOptions;
import dev.sidecar.json.DurationText;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.discovery.*}.
 *
 * @param enabled Whether Spring Cloud's DiscoveryClient and ServiceRegistry are there.
 * @param backend Where instances are found: in the registry that all sidecars and libraries of this host share.
 * @param ttl How long a registration lives unless it is renewed, which happens by itself.
 * @param register Whether the application is registered while it is ready.
 * @param metadata Free text by name that is registered with the application.
 */
@ConfigurationProperties("sidecar.discovery")
public record DiscoveryProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("local") Backend backend,
        @DefaultValue("15s") Duration ttl,
        @DefaultValue("true") boolean register,
        @DefaultValue Map<String, String> metadata) {

    /** Where instances are found. */
    public enum Backend {
        /** The registry that all sidecars and libraries of the host share. */
        LOCAL
    }

    /** The same for the engine. */
    public DiscoveryOptions toOptions() {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofDays(1)) > 0) {
            throw InvalidProperty.of(
                    "sidecar.discovery.ttl", DurationText.format(ttl), "a duration from 1s to 1d such as 15s");
        }
        return new DiscoveryOptions(ttl);
    }
}
