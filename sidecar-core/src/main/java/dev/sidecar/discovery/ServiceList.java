package dev.sidecar.discovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of all services that have an instance, sorted.
 *
 * @param staleSince since when the registry could not be read; null when fresh
 */
public record ServiceList(List<String> services, @Nullable Instant staleSince) {

    public ServiceList {
        services = List.copyOf(services);
    }
}
