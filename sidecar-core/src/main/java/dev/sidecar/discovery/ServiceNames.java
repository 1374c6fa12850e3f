package dev.sidecar.discovery;

import dev.sidecar.SidecarException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a service or an instance may be called: safe in a URL, a file name and a metric tag. */
public final class ServiceNames {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private ServiceNames() {}

    /**
     * Returns the name if it is allowed.
     *
     * @param field what the error calls it
     * @throws SidecarException {@code invalid-name}
     */
    public static String check(String field, @Nullable String name) {
        if (name == null || !ALLOWED.matcher(name).matches()) {
            throw SidecarException.invalid(
                    "invalid-name",
                    field + ": '" + name + "' is not a name; use 1 to 128 letters, digits, '.', '_' or '-',"
                            + " beginning with a letter or a digit");
        }
        return name;
    }
}
