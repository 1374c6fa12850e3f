package dev.sidecar.redaction;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names whose value is a secret. Letters' case and anything but letters and digits are disregarded, and a name that
 * ends in one of them counts: {@code db.password}, {@code userPassword} and {@code X-Auth-Token} all do. Names of
 * fewer than five letters must be a whole word of the name.
 */
final class SensitiveNames {

    static final List<String> DEFAULTS = List.of(
            "password",
            "passwords",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "secrets",
            "secret-key",
            "secret-access-key",
            "token",
            "authorization",
            "api-key",
            "access-key",
            "account-key",
            "private-key",
            "signing-key",
            "encryption-key",
            "credential",
            "credentials",
            "cookie",
            "cookies",
            "session-id");

    private static final int CACHED = 2048;

    private final Set<String> keys = new LinkedHashSet<>();
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    SensitiveNames(List<String> more) {
        DEFAULTS.forEach(key -> keys.add(normalized(key)));
        for (int i = 0; i < more.size(); i++) {
            String key = normalized(more.get(i));
            if (key.isEmpty()) {
                throw new IllegalArgumentException("sidecar.logging.redact.keys[" + i + "]: '" + more.get(i)
                        + "' has no letter or digit; give the name of an attribute such as ssn");
            }
            keys.add(key);
        }
    }

    boolean contains(String name) {
        Boolean answer = known.get(name);
        if (answer == null) {
            answer = ask(name);
            // Names may come from outside without end; what is not kept is asked again.
            if (known.size() < CACHED && name.length() <= 128) {
                known.put(name, answer);
            }
        }
        return answer;
    }

    private boolean ask(String name) {
        String normalized = normalized(name);
        for (String key : keys) {
            if (normalized.endsWith(key)
                    && (key.length() >= 5 || normalized.length() == key.length() || startsWord(name, key.length()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last {@code letters} letters or digits of the name begin at the start of a word. */
    private static boolean startsWord(String name, int letters) {
        int at = name.length();
        for (int left = letters; left > 0; left--) {
            do {
                at--;
            } while (!Character.isLetterOrDigit(name.charAt(at)));
        }
        char before = name.charAt(at - 1);
        return !Character.isLetterOrDigit(before)
                || Character.isUpperCase(name.charAt(at)) && !Character.isUpperCase(before);
    }

    private static String normalized(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }
}
