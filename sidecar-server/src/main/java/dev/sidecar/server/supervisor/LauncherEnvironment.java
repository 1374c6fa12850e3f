package dev.sidecar.server.supervisor;

import java.util.Map;

/**
 * Undoes what the launcher did to the environment for this virtual machine's sake: {@code SIDECAR_LAUNCHER_UNSET}
 * names what it added, {@code SIDECAR_LAUNCHER_KEPT_<name>} holds what it took away.
 */
final class LauncherEnvironment {

    private static final String UNSET = "SIDECAR_LAUNCHER_UNSET";
    private static final String KEPT = "SIDECAR_LAUNCHER_KEPT_";

    private LauncherEnvironment() {}

    static void restore(Map<String, String> environment) {
        String added = environment.remove(UNSET);
        if (added != null) {
            for (String name : added.split(" ")) {
                environment.remove(name);
            }
        }
        for (String name : environment.keySet().stream()
                .filter(key -> key.startsWith(KEPT))
                .toList()) {
            String value = environment.remove(name);
            if (value != null) {
                environment.put(name.substring(KEPT.length()), value);
            }
        }
    }
}
