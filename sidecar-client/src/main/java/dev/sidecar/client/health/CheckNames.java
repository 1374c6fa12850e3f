package dev.sidecar.client.health;

import dev.sidecar.SidecarException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that no check can have are not asked about: they could not be said in a path. */
final class CheckNames {

    private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private CheckNames() {}

    static boolean possible(@Nullable String name) {
        return name != null && POSSIBLE.matcher(name).matches();
    }

    /** The refusal that the engine gives. */
    static SidecarException impossible(@Nullable String name) {
        return SidecarException.invalid(
                "invalid-check",
                "name: '" + name + "' is not a name; use 1 to 128 letters, digits, '.', '_' or '-',"
                        + " beginning with a letter or a digit");
    }

    static SidecarException unknown(String name) {
        return SidecarException.notFound(
                "unknown-check", "check: there is no check '" + name + "'; define it first, with type ttl");
    }
}
