package dev.sidecar.logging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts in UTF-8, one after the other, written value by value: a record for every request leaves no time for a
 * generator of each. Who writes says where an object begins and ends; commas are its own. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonLine {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final double LARGEST_PLAIN = 1e7;

    private byte[] bytes;
    private int used;

    JsonLine(int expected) {
        bytes = new byte[expected];
    }

    JsonLine begin() {
        return one('{');
    }

    JsonLine end() {
        return one('}');
    }

    /** The name of the value that follows. */
    JsonLine name(String name) {
        comma();
        string(name);
        return one(':');
    }

    /** The same for a name that is made already, with its quotes and its colon. */
    JsonLine quotedName(byte[] name) {
        comma();
        reserve(name.length);
        System.arraycopy(name, 0, bytes, used, name.length);
        used += name.length;
        return this;
    }

    /** The same for a name of letters, digits and points, which needs no look at each. */
    JsonLine plainName(String name) {
        comma();
        return one('"').ascii(name).one('"').one(':');
    }

    /** Between two values of an object or a list. */
    private void comma() {
        byte last = used == 0 ? (byte) '{' : bytes[used - 1];
        if (last != '{' && last != '[') {
            one(',');
        }
    }

    JsonLine value(@Nullable Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            begin();
            map.forEach((name, each) -> name(String.valueOf(name)).value(each));
            end();
        } else if (value instanceof Collection<?> items) {
            one('[');
            for (Object item : items) {
                comma();
                value(item);
            }
            one(']');
        } else if (value == null || value instanceof Boolean) {
            ascii(String.valueOf(value));
        } else {
            string(value.toString());
        }
        return this;
    }

    private void number(Number number) {
        if (number instanceof Integer || number instanceof Long) {
            number(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            number(number.doubleValue());
        } else {
            ascii(number.toString());
        }
    }

    private void number(double value) {
        long thousandths = Math.round(value * 1000);
        boolean signed = Double.doubleToRawLongBits(value) < 0;
        if (!signed && value < LARGEST_PLAIN && thousandths / 1000.0 == value) {
            number(thousandths / 1000);
            fraction((int) (thousandths % 1000));
        } else if (Double.isNaN(value) || Double.isInfinite(value)) {
            string(Double.toString(value));
        } else {
            ascii(Double.toString(value));
        }
    }

    private void fraction(int thousandths) {
        one('.').one('0' + thousandths / 100);
        if (thousandths % 100 > 0) {
            one('0' + thousandths / 10 % 10);
            if (thousandths % 10 > 0) {
                one('0' + thousandths % 10);
            }
        }
    }

    private void number(long value) {
        if (value < 0) {
            ascii(Long.toString(value));
            return;
        }
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        reserve(digits);
        long left = value;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[used + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        used += digits;
    }

    /** Text that needs no escape. */
    @SuppressWarnings("deprecation") // The only way to copy the bytes of a string without an array between.
    JsonLine ascii(String text) {
        int length = text.length();
        reserve(length);
        text.getBytes(0, length, bytes, used);
        used += length;
        return this;
    }

    private void string(String text) {
        one('"');
        if (isPlain(text)) {
            ascii(text);
        } else {
            escaped(text);
        }
        one('"');
    }

    // A loop that only reads, and then one copy: several times as fast as to look and write in turn.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private void escaped(String text) {
        int length = text.length();
        reserve(6 * length);
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                escape(c);
            } else if (c < 0x80) {
                bytes[used++] = (byte) c;
            } else {
                i += unicode(text, i);
            }
            i++;
        }
    }

    private void escape(char c) {
        bytes[used++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[used++] = (byte) c;
            case '\n' -> bytes[used++] = 'n';
            case '\r' -> bytes[used++] = 'r';
            case '\t' -> bytes[used++] = 't';
            case '\b' -> bytes[used++] = 'b';
            case '\f' -> bytes[used++] = 'f';
            default -> {
                bytes[used++] = 'u';
                bytes[used++] = '0';
                bytes[used++] = '0';
                bytes[used++] = HEX[c >> 4];
                bytes[used++] = HEX[c & 15];
            }
        }
    }

    /** Returns how many more characters were taken. */
    private int unicode(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x800) {
            bytes[used++] = (byte) (0xC0 | c >> 6);
            bytes[used++] = (byte) (0x80 | c & 0x3F);
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            three(c);
            return 0;
        }
        boolean pair = at + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(at + 1));
        if (!pair) {
            three('\uFFFD');
            return 0;
        }
        int point = Character.toCodePoint(c, text.charAt(at + 1));
        bytes[used++] = (byte) (0xF0 | point >> 18);
        bytes[used++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[used++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[used++] = (byte) (0x80 | point & 0x3F);
        return 1;
    }

    private void three(char c) {
        bytes[used++] = (byte) (0xE0 | c >> 12);
        bytes[used++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[used++] = (byte) (0x80 | c & 0x3F);
    }

    JsonLine one(int c) {
        reserve(1);
        bytes[used++] = (byte) c;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - used < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + more));
        }
    }

    void appendTo(ByteArrayOutputStream out) {
        out.write(bytes, 0, used);
    }

    /** What is written, up to {@link #size()}; valid until more is written. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return used;
    }

    /** Forgets what is written and keeps the room. */
    void clear() {
        used = 0;
    }
}
