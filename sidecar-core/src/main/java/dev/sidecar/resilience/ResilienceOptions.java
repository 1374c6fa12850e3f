package dev.sidecar.resilience;

import java.util.Map;

/**
 * {@code sidecar.resilience.*}.
 *
 * @param enabled whether services can be called by name through this library
 * @param defaults the policy of services that have none of their own
 * @param services whole policies by the name of the service
 */
public record ResilienceOptions(boolean enabled, ResiliencePolicy defaults, Map<String, ResiliencePolicy> services) {

    public static final ResilienceOptions DEFAULT = new ResilienceOptions(true, ResiliencePolicy.DEFAULT, Map.of());

    public ResilienceOptions {
        services = Map.copyOf(services);
        defaults.checked("sidecar.resilience.defaults");
        services.forEach((name, policy) -> policy.checked("sidecar.resilience.services." + name));
    }

    /** What holds for a service. */
    public ResiliencePolicy policy(String service) {
        return services.getOrDefault(service, defaults);
    }
}
