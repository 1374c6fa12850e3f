package dev.sidecar.discovery;

import dev.sidecar.SidecarException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One entry must not make the registry heavy for all. */
final class MetadataLimits {

    private static final int MAX_ENTRIES = 64;
    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_BYTES = 16 * 1024;

    private MetadataLimits() {}

    static Map<String, String> check(Map<String, String> metadata) {
        if (metadata.size() > MAX_ENTRIES) {
            throw refused("metadata: " + metadata.size() + " entries are too many; give at most " + MAX_ENTRIES);
        }
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            String name = entry.getKey();
            if (name == null || name.isBlank() || name.length() > MAX_NAME_LENGTH) {
                throw refused("metadata: the name '" + shown(name) + "' is not allowed; use 1 to " + MAX_NAME_LENGTH
                        + " characters");
            }
            if (entry.getValue() == null) {
                throw refused("metadata." + name + ": null is not allowed; give a text or leave the entry out");
            }
            bytes += size(name) + size(entry.getValue());
        }
        if (bytes > MAX_BYTES) {
            throw refused("metadata: " + bytes + " bytes in all are too many; names and values may have " + MAX_BYTES);
        }
        return Map.copyOf(metadata);
    }

    private static String shown(@Nullable String name) {
        return name == null || name.length() <= MAX_NAME_LENGTH ? name + "" : name.substring(0, 32) + "…";
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static SidecarException refused(String detail) {
        return SidecarException.invalid("invalid-registration", detail);
    }
}
