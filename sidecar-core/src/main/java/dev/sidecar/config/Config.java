package dev.sidecar.config;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.json.SidecarJson;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Values by dotted key. Reads see all layers, the highest that has a key wins; writes go to the store, which is the
 * highest and is shared by every sidecar and library of the host. Thread-safe.
 *
 * <p>Every write makes a new version of its key, counted from 1 and never used twice, also not after a deletion. A
 * write that returned is on the disk.
 *
 * <p>While the sidecar beside an application is away, reads answer with the last known values and {@code staleSince};
 * writes fail.
 */
public interface Config {

    /** For {@link #watch}: what is changed from now on. */
    long NOW = -1;

    /**
     * The effective values, ordered by key.
     *
     * @param prefix a key, for it and all below it; empty for all
     * @throws SidecarException {@code config-store-unavailable}
     */
    ConfigEntries entries(String prefix);

    /**
     * The effective value.
     *
     * @throws SidecarException {@code invalid-key} or {@code config-store-unavailable}
     */
    Optional<ConfigEntry> get(String key);

    /**
     * Writes a value to the store.
     *
     * @throws SidecarException {@code invalid-key}, {@code value-too-large}, {@code version-mismatch} (status 412, its
     *     one error has the {@code currentVersion}), or one that begins with {@code config-store-}: full, read-only,
     *     busy or unavailable. Nothing was changed then
     * @throws SidecarUnavailableException when the sidecar is away; nothing is known then
     */
    ConfigEntry put(String key, JsonNode value, ConfigCondition condition);

    /**
     * Writes a value to the store, whatever is there.
     *
     * @param value anything Jackson makes JSON of: text, a number, a list, a record
     * @throws SidecarException as for {@link #put(String, JsonNode, ConfigCondition)}
     */
    default ConfigEntry put(String key, Object value) {
        return put(key, SidecarJson.mapper().valueToTree(value), ConfigCondition.any());
    }

    /**
     * Removes the value from the store; a lower layer's shows again. Returns whether there was one.
     *
     * @throws SidecarException as for {@link #put(String, JsonNode, ConfigCondition)}
     */
    boolean delete(String key, ConfigCondition condition);

    /** Removes the value from the store, whatever it is; returns whether there was one. */
    default boolean delete(String key) {
        return delete(key, ConfigCondition.any());
    }

    /** The index of the store's last change, 0 when there was none. */
    long index();

    /** What the store has had, newest first; a key it never had has an empty history. */
    ConfigHistory history(String key);

    /**
     * Makes the value of an old version current again, as a new version.
     *
     * @throws SidecarException {@code unknown-version} when it is not in the history or was a deletion, else as for
     *     {@link #put(String, JsonNode, ConfigCondition)}
     */
    ConfigEntry rollback(String key, long version, ConfigCondition condition);

    /**
     * Calls the listener for each change, in order and one call at a time. Of the store none is left out: give the
     * index of the last change that was handled to go on after it. A change of a lower layer is told where it is seen,
     * with the index of the store's last change.
     *
     * @param prefix a key, for it and all below it; empty for all
     * @param after an index from {@link ConfigEntries} or {@link ConfigChange}, 0 for all that is kept, or {@link #NOW}
     */
    Subscription watch(String prefix, long after, Consumer<ConfigChange> listener);
}
