package dev.sidecar.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Effective values at one moment, ordered by key.
 *
 * @param index of the store's last change that is in it; give it to {@link Config#watch} to miss none
 * @param staleSince since when the sidecar was away and these are the last known values; null when fresh
 */
public record ConfigEntries(long index, List<ConfigEntry> entries, @Nullable Instant staleSince) {

    public ConfigEntries {
        entries = List.copyOf(entries);
    }
}
