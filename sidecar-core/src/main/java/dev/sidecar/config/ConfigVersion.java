package dev.sidecar.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One version of a key in the store.
 *
 * @param index of the change that made it
 * @param deleted whether it was a deletion
 * @param value null for a deletion
 */
public record ConfigVersion(
        long version, long index, boolean deleted, @Nullable JsonNode value, Instant updatedAt, String who) {}
