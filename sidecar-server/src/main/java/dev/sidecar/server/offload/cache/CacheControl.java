package dev.sidecar.server.offload.cache;

import dev.sidecar.server.proxy.http1.Fields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The directives of one message's {@code Cache-Control} (RFC 9111 section 5.2), the first of each name. Immutable. */
final class CacheControl {

    /** What {@link #seconds} says when the directive is not there. */
    static final long UNSAID = -1;

    /** As long as any time can be here, as RFC 9111 section 1.2.2 has it. */
    private static final long MOST = 1L << 31;

    private final Map<String, String> directives;

    private CacheControl(Map<String, String> directives) {
        this.directives = Map.copyOf(directives);
    }

    /** Those of a request, {@code Pragma: no-cache} among them where it says nothing else. */
    static CacheControl ofRequest(Fields fields) {
        CacheControl said = of(fields);
        String pragma = said.directives.isEmpty() ? fields.first("pragma") : null;
        return pragma != null && pragma.toLowerCase(Locale.ROOT).contains("no-cache")
                ? new CacheControl(Map.of("no-cache", ""))
                : said;
    }

    static CacheControl of(Fields fields) {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.isNamed(i, "cache-control")) {
                read(fields.value(i), found);
            }
        }
        return new CacheControl(found);
    }

    private static void read(String value, Map<String, String> into) {
        int at = 0;
        while (at < value.length()) {
            int end = endOfItem(value, at);
            String item = value.substring(at, end).strip();
            int equals = item.indexOf('=');
            String name =
                    (equals < 0 ? item : item.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String argument = equals < 0 ? "" : item.substring(equals + 1).strip();
            if (!name.isEmpty()) {
                into.putIfAbsent(name, unquoted(argument));
            }
            at = end + 1;
        }
    }

    // A quoted list, as in no-cache="set-cookie, x", has commas of its own.
    private static int endOfItem(String value, int start) {
        boolean quoted = false;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }

    /** Whether it is there, with whatever argument. */
    boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /** Whether it is there without an argument. */
    boolean isBare(String directive) {
        return "".equals(directives.get(directive));
    }

    /** Its argument; {@link #UNSAID} when it is not there, 0 when it is no number: better too short than too long. */
    long seconds(String directive) {
        String argument = directives.get(directive);
        if (argument == null) {
            return UNSAID;
        }
        boolean number = !argument.isEmpty() && argument.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return 0;
        }
        return argument.length() > 10 ? MOST : Math.min(MOST, Long.parseLong(argument));
    }
}
