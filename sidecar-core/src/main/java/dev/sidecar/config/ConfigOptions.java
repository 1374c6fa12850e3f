package dev.sidecar.config;

import java.util.List;

/**
 * {@code sidecar.config.*}.
 *
 * @param layers below the store, the lowest first
 */
public record ConfigOptions(List<ConfigLayer> layers) {

    public ConfigOptions {
        layers = List.copyOf(layers);
    }

    public static ConfigOptions defaults() {
        return new ConfigOptions(List.of());
    }
}
