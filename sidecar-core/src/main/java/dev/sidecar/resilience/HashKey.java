package dev.sidecar.resilience;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Which part of a request decides where it goes: {@code path}, {@code header:<name>} or {@code cookie:<name>}. */
public final class HashKey {

    public static final HashKey PATH = new HashKey(Source.PATH, "");

    private static final Pattern TEXT = Pattern.compile("path|(header|cookie):[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Source source;
    private final String name;

    /** Where the key is found. */
    public enum Source {
        PATH,
        HEADER,
        COOKIE
    }

    private HashKey(Source source, String name) {
        this.source = source;
        this.name = name;
    }

    /** Throws {@link IllegalArgumentException} with a message that says what would have been right. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HashKey valueOf(String text) {
        String trimmed = text.trim();
        if (!TEXT.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a hash key; give path, header:<name> or cookie:<name>");
        }
        int colon = trimmed.indexOf(':');
        if (colon < 0) {
            return PATH;
        }
        Source source = trimmed.startsWith("header") ? Source.HEADER : Source.COOKIE;
        return new HashKey(source, trimmed.substring(colon + 1));
    }

    public Source source() {
        return source;
    }

    /** Of the header or cookie; empty for the path. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashKey that && that.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    @JsonValue
    public String toString() {
        return switch (source) {
            case PATH -> "path";
            case HEADER -> "header:" + name;
            case COOKIE -> "cookie:" + name;
        };
    }
}
