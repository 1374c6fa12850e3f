package dev.sidecar.client.transport;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds path and query of a request; every value is percent-encoded (RFC 3986). Not thread-safe. */
public final class Target {

    private static final String UNRESERVED = "-._~";

    private final StringBuilder text;
    private boolean query;

    private Target(String path) {
        text = new StringBuilder(path);
    }

    /** Begins with a path that is right as it is. */
    public static Target of(String path) {
        return new Target(path);
    }

    /** Adds {@code /} and the value as one segment. */
    public Target segment(String value) {
        text.append('/');
        encode(value);
        return this;
    }

    /** Adds a parameter; null adds none. */
    public Target with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(query ? '&' : '?').append(name).append('=');
            encode(value.toString());
            query = true;
        }
        return this;
    }

    private void encode(String value) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
