package dev.sidecar.logging;

import java.nio.charset.StandardCharsets;

/** The name of an attribute that is written again and again: made once, as the formats need it. Thread-safe. */
public final class AttributeKey {

    private final String name;
    private final byte[] quoted;
    private final boolean field;

    private AttributeKey(String name) {
        this.name = name;
        this.quoted = ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
        this.field = EcsFormat.FIELDS.contains(name);
    }

    /**
     * A key.
     *
     * @param name of ASCII without blanks, quotes and backslashes
     * @throws IllegalArgumentException when it has others
     */
    public static AttributeKey of(String name) {
        if (!name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("'" + name + "' has blanks, quotes, backslashes or is not ASCII");
        }
        return new AttributeKey(name);
    }

    public String name() {
        return name;
    }

    /** As a member of a JSON object begins. */
    byte[] quoted() {
        return quoted;
    }

    /** Whether ECS has a field of its own for it. */
    boolean isField() {
        return field;
    }

    @Override
    public String toString() {
        return name;
    }
}
