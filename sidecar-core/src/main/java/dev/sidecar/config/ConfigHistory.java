package dev.sidecar.config;

import java.util.List;

/** The versions of a key that are kept, newest first. The last {@value ConfigLimits#KEPT_VERSIONS} always are. */
public record ConfigHistory(String key, List<ConfigVersion> versions) {

    public ConfigHistory {
        versions = List.copyOf(versions);
    }
}
