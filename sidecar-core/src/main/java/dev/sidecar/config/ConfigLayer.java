package dev.sidecar.config;

import dev.sidecar.Subscription;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A source of values below the store, such as files or the environment. Thread-safe. It answers at once, from what it
 * last read, and never throws: what cannot be read is left out, and reported by the layer itself.
 */
public interface ConfigLayer extends AutoCloseable {

    /**
     * A value of a layer.
     *
     * @param origin the layer with the place in it, such as {@code file:/etc/orders/db.url}
     * @param staleSince since when the place could not be read and this is what it last had; null when fresh
     */
    record LayerValue(JsonNode value, String origin, @Nullable Instant staleSince) {

        public LayerValue(JsonNode value, String origin) {
            this(value, origin, null);
        }
    }

    /** Such as {@code environment}. */
    String name();

    /** All values by key. */
    Map<String, LayerValue> snapshot();

    /** Calls the listener after each change, on a thread of the layer. A layer that never changes never calls. */
    default Subscription onChange(Runnable listener) {
        return () -> {};
    }

    @Override
    default void close() {}
}
