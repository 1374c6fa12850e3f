package dev.sidecar.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that was changed.
 *
 * @param index grows with every change of the store
 * @param key empty for a reset
 * @param value null for a deletion and a reset
 * @param version of the key in the store; null for a change of a lower layer and a reset
 * @param origin {@link ConfigEntry#STORE} or the lower layer's
 */
public record ConfigChange(
        long index,
        Type type,
        String key,
        @Nullable JsonNode value,
        @Nullable Long version,
        String origin,
        @Nullable Instant updatedAt,
        @Nullable String who) {

    /** What happened. */
    public enum Type {
        @JsonProperty("put")
        PUT,
        @JsonProperty("delete")
        DELETE,
        /**
         * What happened after the index that was asked for is not kept any more, or the store is another one: read
         * everything again, the changes after this one follow.
         */
        @JsonProperty("reset")
        RESET
    }

    /** A reset: changes after the index follow. */
    public static ConfigChange reset(long index) {
        return new ConfigChange(index, Type.RESET, "", null, null, ConfigEntry.STORE, null, null);
    }
}
