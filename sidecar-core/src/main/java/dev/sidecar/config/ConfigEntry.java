package dev.sidecar.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An effective value.
 *
 * @param value any JSON value
 * @param version of the key in the store; null where the value is from a lower layer
 * @param origin {@link #STORE}, or the layer with the place in it, such as {@code file:/etc/orders/db.url}
 * @param updatedAt when it was written; null where the layer does not know
 * @param who wrote it, as {@code name/instance} of the sidecar or library that took it; null where the layer does not
 *     know
 * @param staleSince since when the sidecar was away, or the file could not be read, and this is the last known value; null
 *     when fresh
 */
public record ConfigEntry(
        String key,
        JsonNode value,
        @Nullable Long version,
        String origin,
        @Nullable Instant updatedAt,
        @Nullable String who,
        @Nullable Instant staleSince) {

    /** The origin of what is in the store. */
    public static final String STORE = "store";
}
