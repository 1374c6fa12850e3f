package dev.sidecar.autoconfigure;

import dev.sidecar.SidecarException;
import org.jspecify.annotations.Nullable;

/** The refusal of a property's value, in the words every refusal of Sidecar has: field, value, fix. */
public final class InvalidProperty {

    private InvalidProperty() {}

    /**
     * Never returns null; for the caller to throw.
     *
     * @param property such as {@code sidecar.discovery.ttl}
     * @param wanted follows "give", such as "a duration from 1s to 1d"
     */
    public static SidecarException of(String property, @Nullable Object value, String wanted) {
        String problem = value == null ? "is missing" : "'" + value + "' is not allowed";
        return SidecarException.invalid("invalid-configuration", property + ": " + problem + "; give " + wanted);
    }
}
