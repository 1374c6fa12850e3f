package dev.sidecar.config.layers;

import java.util.List;

/**
 * Which environment variables are values. Never all: an environment has secrets that nobody asked for.
 *
 * @param prefixes every variable that begins with one of them; the key is the whole name, {@code ORDERS_DB_URL} is
 *     {@code orders.db.url}
 * @param names single variables
 */
public record EnvironmentOptions(List<String> prefixes, List<String> names) {

    public EnvironmentOptions {
        prefixes = List.copyOf(prefixes);
        names = List.copyOf(names);
    }

    /** Only variables for keys that a lower layer has. */
    public static EnvironmentOptions none() {
        return new EnvironmentOptions(List.of(), List.of());
    }
}
