package dev.sidecar.config.layers;

import java.util.List;
import java.util.Map;

/**
 * What is below the store.
 *
 * @param defaults {@code sidecar.config.defaults}: the lowest, by key; trees and lists are allowed
 * @param values {@code sidecar.config.values}: what {@code sidecar.yml} says
 * @param files {@code sidecar.config.files}: paths of files and directories, the last one counts most
 */
public record LayerOptions(
        Map<String, Object> defaults, Map<String, Object> values, List<String> files, EnvironmentOptions environment) {

    public LayerOptions {
        defaults = Map.copyOf(defaults);
        values = Map.copyOf(values);
        files = List.copyOf(files);
    }

    /** Nothing but variables for keys that are known, and none is. */
    public static LayerOptions none() {
        return new LayerOptions(Map.of(), Map.of(), List.of(), EnvironmentOptions.none());
    }
}
