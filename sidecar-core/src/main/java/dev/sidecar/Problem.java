package dev.sidecar;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that a person and a program can act on, as RFC 9457 has it on the wire.
 *
 * @param status the HTTP status it maps to
 * @param code stable, kebab-case, for programs
 * @param title short, the same for every occurrence of the code
 * @param detail names the field, the value and the fix
 * @param errors one entry for each bad item of a batch, may be empty
 * @param retryAfterSeconds when trying again makes sense; null when it does not
 */
public record Problem(
        int status,
        String code,
        String title,
        String detail,
        List<Map<String, Object>> errors,
        @Nullable Long retryAfterSeconds) {

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem without parts, whose title is the code in words. */
    public static Problem of(int status, String code, String detail) {
        String words = code.replace('-', ' ');
        return new Problem(
                status, code, Character.toUpperCase(words.charAt(0)) + words.substring(1), detail, List.of(), null);
    }

    /** What identifies the problem by RFC 9457. */
    public String type() {
        return type(code);
    }

    /** The same of a code alone. */
    public static String type(String code) {
        return "urn:sidecar:problem:" + code;
    }

    public Problem retryAfter(long seconds) {
        return new Problem(status, code, title, detail, errors, seconds);
    }
}
