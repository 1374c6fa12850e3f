package dev.sidecar.config.layers;

import java.util.Locale;

/** How keys and environment variables are named after each other. */
public final class VariableName {

    private VariableName() {}

    /** Of a key: {@code ORDERS_DB_MAX_SIZE} for {@code orders.db.max-size}, {@code HOSTS_0} for {@code hosts[0]}. */
    public static String of(String key) {
        return key.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "").toUpperCase(Locale.ROOT);
    }

    /** The key for a variable that no layer has a key for: {@code orders.db.url} for {@code ORDERS_DB_URL}. */
    static String toKey(String variable) {
        return variable.replaceAll("_+", ".").replaceAll("^\\.|\\.$", "").toLowerCase(Locale.ROOT);
    }
}
