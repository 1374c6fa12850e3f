package dev.sidecar;

import dev.sidecar.logging.SpoolState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /v1}.
 *
 * @param name the service this sidecar serves
 * @param instance the instance of it
 * @param version of Sidecar itself
 * @param features feature word to whether it is on
 * @param links relation to path or URL
 * @param spool the log spool, where there is one
 */
public record SidecarInfo(
        String name,
        String instance,
        String version,
        LifecycleState state,
        Delivery delivery,
        Map<String, Boolean> features,
        Map<String, String> links,
        @Nullable SpoolState spool) {

    public SidecarInfo {
        features = Map.copyOf(features);
        links = Map.copyOf(links);
    }
}
