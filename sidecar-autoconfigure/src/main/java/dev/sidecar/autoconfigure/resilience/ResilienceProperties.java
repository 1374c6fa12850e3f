package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.resilience.ResiliencePolicy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code sidecar.resilience.*}.
 *
 * @param enabled Whether neighbours can be called by name through Spring's HTTP clients.
 * @param defaults What holds for every upstream that does not say otherwise.
 * @param services What is different for a service, by its name.
 */
@ConfigurationProperties("sidecar.resilience")
public record ResilienceProperties(
        @DefaultValue("true") boolean enabled,
        @NestedConfigurationProperty @Nullable PolicyProperties defaults,
        @DefaultValue Map<String, PolicyProperties> services) {

    /** The same for the engine. */
    public ResilienceOptions toOptions() {
        ResiliencePolicy base = defaults == null ? ResiliencePolicy.DEFAULT : defaults.over(ResiliencePolicy.DEFAULT);
        Map<String, ResiliencePolicy> own = new TreeMap<>();
        services.forEach((name, policy) -> own.put(name, policy.over(base)));
        try {
            return new ResilienceOptions(enabled, base, own);
        } catch (IllegalArgumentException e) {
            throw new SidecarException(Problem.of(400, "invalid-configuration", String.valueOf(e.getMessage())), e);
        }
    }
}
