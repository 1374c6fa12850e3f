package dev.sidecar.server.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A checked block of header or trailer fields, kept as the bytes it came in. Not thread-safe; read-only once parsed. */
public final class Fields {

    private static final int SPAN = 4;

    private final byte[] bytes;
    private int[] spans = new int[16 * SPAN];
    private byte[] kinds = new byte[16];
    private int count;

    private Fields(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A block without fields. */
    public static Fields none() {
        return new Fields(new byte[0]);
    }

    /** Reads the field lines from {@code start}; they end with the empty line that ends at {@code end}. */
    static Fields parse(byte[] bytes, int start, int end, int maxFields) throws FramingException {
        Fields fields = new Fields(bytes);
        int at = start;
        while (bytes[at] != Octets.CR) {
            if (fields.count == maxFields) {
                throw new FramingException(431, "too-many-fields", "more than " + maxFields + " header fields");
            }
            at = fields.line(at);
        }
        if (at + 2 != end || bytes[at + 1] != Octets.LF) {
            throw FramingException.malformed("a carriage return without a line feed");
        }
        return fields;
    }

    private int line(int start) throws FramingException {
        byte[] b = bytes;
        int at = start;
        while (Octets.token(b[at])) {
            at++;
        }
        int nameEnd = at;
        if (b[at] != ':' || nameEnd == start) {
            throw FramingException.malformed(
                    Octets.blank(b[start])
                            ? "a field line that begins with white space"
                            : "a field name with a character that is not allowed, or without a colon");
        }
        at++;
        while (Octets.blank(b[at])) {
            at++;
        }
        int valueStart = at;
        while (Octets.value(b[at])) {
            at++;
        }
        if (b[at] != Octets.CR || b[at + 1] != Octets.LF) {
            throw FramingException.malformed("a field value with a control character");
        }
        int valueEnd = at;
        while (valueEnd > valueStart && Octets.blank(b[valueEnd - 1])) {
            valueEnd--;
        }
        add(start, nameEnd, valueStart, valueEnd);
        return at + 2;
    }

    private void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            spans = Arrays.copyOf(spans, count * 2 * SPAN);
        }
        int base = count * SPAN;
        spans[base] = nameStart;
        spans[base + 1] = nameEnd;
        spans[base + 2] = valueStart;
        spans[base + 3] = valueEnd;
        kinds[count++] = Field.of(bytes, nameStart, nameEnd);
    }

    /** Number of field lines. */
    public int count() {
        return count;
    }

    /** Which field line {@code i} is, as a constant of {@link Field}. */
    public byte kind(int i) {
        return kinds[i];
    }

    byte[] bytes() {
        return bytes;
    }

    int nameStart(int i) {
        return spans[i * SPAN];
    }

    int nameEnd(int i) {
        return spans[i * SPAN + 1];
    }

    int valueStart(int i) {
        return spans[i * SPAN + 2];
    }

    int valueEnd(int i) {
        return spans[i * SPAN + 3];
    }

    /** The name of field line {@code i} as it was sent. */
    public String name(int i) {
        return text(nameStart(i), nameEnd(i));
    }

    /** The value of field line {@code i} without surrounding white space. */
    public String value(int i) {
        return text(valueStart(i), valueEnd(i));
    }

    /** The first line of this kind, or -1. */
    public int indexOf(byte kind) {
        for (int i = 0; i < count; i++) {
            if (kinds[i] == kind) {
                return i;
            }
        }
        return -1;
    }

    /** The value of the first field of that name, whatever its case; null when there is none. */
    public @Nullable String first(String name) {
        String lowerCase = name.toLowerCase(java.util.Locale.ROOT);
        for (int i = 0; i < count; i++) {
            if (Octets.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), lowerCase)) {
                return value(i);
            }
        }
        return null;
    }

    /** The value of the first field of that kind; null when there is none. */
    public @Nullable String first(byte kind) {
        int i = indexOf(kind);
        return i < 0 ? null : value(i);
    }

    /** The values of all fields of that kind as one list; null when there is none. */
    public @Nullable String combined(byte kind) {
        String all = null;
        for (int i = 0; i < count; i++) {
            if (kinds[i] == kind) {
                all = all == null ? value(i) : all + ", " + value(i);
            }
        }
        return all;
    }

    /** Names and values in the order they came. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < count; i++) {
            action.accept(name(i), value(i));
        }
    }

    /** Whether field line {@code i} has that name, given in lower case. */
    public boolean isNamed(int i, String lowerCase) {
        return Octets.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), lowerCase);
    }

    boolean valueIs(int i, String lowerCase) {
        return Octets.equalsIgnoreCase(bytes, valueStart(i), valueEnd(i), lowerCase);
    }

    String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
