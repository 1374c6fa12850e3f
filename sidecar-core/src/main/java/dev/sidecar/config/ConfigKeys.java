package dev.sidecar.config;

import dev.sidecar.SidecarException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a key may look like: {@code orders.db.url}, {@code orders.hosts[0]}. */
public final class ConfigKeys {

    private static final Pattern ALLOWED =
            Pattern.compile("[A-Za-z0-9_-]++(\\[\\d{1,9}])*+(\\.[A-Za-z0-9_-]++(\\[\\d{1,9}])*+)*+");

    private ConfigKeys() {}

    public static boolean isKey(String text) {
        return text.length() <= ConfigLimits.MAX_KEY_LENGTH
                && ALLOWED.matcher(text).matches();
    }

    /**
     * Returns the key if it is one.
     *
     * @throws SidecarException {@code invalid-key}
     */
    public static String check(@Nullable String key) {
        if (key == null || !isKey(key)) {
            throw SidecarException.invalid(
                    "invalid-key",
                    "key: '" + shown(key) + "' is not a key; use 1 to " + ConfigLimits.MAX_KEY_LENGTH
                            + " letters, digits, '_' or '-' in parts with a '.' between them, such as orders.db.url");
        }
        return key;
    }

    /** Returns the prefix, without a dot at its end, if it is empty or a key. */
    public static String checkPrefix(String prefix) {
        String key = prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return key.isEmpty() ? key : check(key);
    }

    /** Whether the key is the prefix or below it. */
    public static boolean isWithin(String key, String prefix) {
        return prefix.isEmpty()
                || key.startsWith(prefix)
                        && (key.length() == prefix.length()
                                || key.charAt(prefix.length()) == '.'
                                || key.charAt(prefix.length()) == '[');
    }

    private static String shown(@Nullable String key) {
        return key == null || key.length() <= 100 ? String.valueOf(key) : key.substring(0, 100) + "…";
    }
}
