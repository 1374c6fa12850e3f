package dev.sidecar.config;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The highest layer: versioned values and all their changes in one order. Thread-safe. Every operation may throw a
 * {@link SidecarException} whose code begins with {@code config-store-}, and works again by itself once the cause is
 * gone. Keys and values were checked before.
 */
interface ConfigStore extends AutoCloseable {

    /**
     * A part of the changes.
     *
     * @param from the first of the changes is the one after this index; differs from what was asked for where changes
     *     are not kept
     */
    record Changes(long from, List<ConfigChange> changes) {}

    ConfigEntries entries(String prefix);

    Optional<ConfigEntry> get(String key);

    /**
     * Writes.
     *
     * @param json the value; null deletes
     * @return the new version; empty where there was nothing to delete
     */
    Optional<ConfigVersion> write(String key, @Nullable String json, ConfigCondition condition);

    ConfigHistory history(String key);

    ConfigVersion rollback(String key, long version, ConfigCondition condition);

    /** The index of the last change, 0 when there was none. */
    long index();

    /** The changes after the index, at most {@code limit}. */
    Changes changes(long after, int limit);

    /** Calls the listener soon after each change by whatever process; several changes may be one call. */
    Subscription onChange(Runnable listener);

    /** What is wrong with it; null when nothing is. */
    @Nullable
    ConfigTrouble trouble();

    @Override
    void close();
}
