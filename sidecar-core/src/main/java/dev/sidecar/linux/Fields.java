package dev.sidecar.linux;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers and names as the kernel writes them. */
public final class Fields {

    private Fields() {}

    /** Empty for anything but a decimal number; one too large for a long is {@link Long#MAX_VALUE}. */
    public static OptionalLong number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 25) {
            return OptionalLong.empty();
        }
        for (int i = text.charAt(0) == '-' && text.length() > 1 ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.of(text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
    }

    /** The number as a nullable one. */
    public static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** {@code name 123} or {@code Name: 123 kB} a line; kB are given in bytes. What has no number is left out. */
    public static Map<String, Long> table(@Nullable String content) {
        Map<String, Long> table = new HashMap<>();
        if (content != null) {
            content.lines().forEach(line -> {
                String[] words = line.trim().split("\\s+");
                if (words.length >= 2) {
                    String name = words[0].endsWith(":") ? words[0].substring(0, words[0].length() - 1) : words[0];
                    long unit = words.length > 2 && words[2].equals("kB") ? 1024 : 1;
                    number(words[1]).ifPresent(value -> table.put(name, value * unit));
                }
            });
        }
        return table;
    }

    /** Undoes the octal escapes of space, tab, newline and backslash in mount tables. */
    public static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\'
                    && i + 3 < text.length()
                    && text.substring(i + 1, i + 4).matches("[0-7]{3}")) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
