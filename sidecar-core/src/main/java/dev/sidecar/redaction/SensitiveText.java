package dev.sidecar.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in text by their usual forms, in one pass that looks closer only at a few characters: what follows
 * {@code password=} or {@code "token":}, {@code Bearer} and {@code Basic} tokens, JWTs, keys with a known prefix, PEM
 * private keys, Slack's webhooks, and user and password in a URL. The time is linear in the length of the text.
 */
final class SensitiveText {

    static final String REDACTED = "[REDACTED]";

    private static final int NAME_LENGTH = 64;
    private static final int MIN_BEARER = 6;
    private static final int MIN_KEY = 16;

    private static final String[] KEY_PREFIXES = {
        "AKIA",
        "ASIA",
        "AIza",
        "ghp_",
        "gho_",
        "ghs_",
        "ghu_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "xoxa-",
        "xoxr-",
        "xapp-",
        "sk_live_",
        "rk_live_",
        "sk_test_",
        "sk-ant-",
        "sk-proj-",
        "npm_",
        "hf_",
        "dop_v1_",
        "shpat_",
        "pypi-",
        "hvs.",
        "hvb.",
        "dckr_pat_",
        "sq0csp-",
        "SG."
    };

    /** What follows is all that one needs to write to a channel. */
    private static final String SLACK_WEBHOOK = "hooks.slack.com/services/";

    private static final Map<Character, List<String>> PREFIXES_BY_FIRST =
            Arrays.stream(KEY_PREFIXES).collect(Collectors.groupingBy(prefix -> prefix.charAt(0)));

    /** Words that follow "bearer" and "basic" in prose about them. */
    private static final Set<String> PROSE =
            Set.of("authentication", "authorization", "credentials", "scheme", "header", "headers", "token", "tokens");

    private static final int ASCII = 128;

    /** Not of a word. */
    private static final byte OTHER = 0;

    private static final byte IN_WORD = 1;

    /** In a word as well. */
    private static final byte DASH = 2;

    /** What some secrets begin with, where a word does. */
    private static final byte BEGINS = 3;

    /** Between a name and its value. */
    private static final byte SEPARATES = 4;

    private static final byte[] KINDS = kinds();

    private final SensitiveNames names;

    SensitiveText(SensitiveNames names) {
        this.names = names;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[ASCII];
        for (char c = 0; c < ASCII; c++) {
            kinds[c] = isToken(c) ? IN_WORD : OTHER;
        }
        PREFIXES_BY_FIRST.keySet().forEach(first -> kinds[first] = BEGINS);
        "Bbeh".chars().forEach(first -> kinds[first] = BEGINS);
        kinds['-'] = DASH;
        kinds[':'] = SEPARATES;
        kinds['='] = SEPARATES;
        return kinds;
    }

    /** The same string where there was nothing to hide. */
    String redact(String text) {
        StringBuilder out = null;
        int copied = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            Span span = at(text, i);
            if (span != null) {
                out = out == null ? new StringBuilder(length) : out;
                out.append(text, copied, span.from).append(REDACTED);
                copied = span.to;
                i = Math.max(i, span.to - 1);
            }
        }
        return out == null ? text : out.append(text, copied, length).toString();
    }

    private record Span(int from, int to) {}

    /** Whether there can be anything to hide: a look at each character that costs a fraction of {@link #redact}. */
    static boolean mayBeIn(String text) {
        boolean inWord = false;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return true;
            }
            byte kind = KINDS[c];
            boolean dash = kind == DASH && i + 1 < length && text.charAt(i + 1) == '-';
            if (kind == SEPARATES || dash || (kind == BEGINS && !inWord)) {
                return true;
            }
            inWord = kind != OTHER;
        }
        return false;
    }

    private @Nullable Span at(String text, int i) {
        char c = text.charAt(i);
        return switch (c < ASCII ? KINDS[c] : OTHER) {
            case SEPARATES -> c == ':' && text.startsWith("://", i) ? userInfo(text, i + 3) : assigned(text, i);
            case DASH -> pem(text, i);
            case BEGINS -> i > 0 && isToken(text.charAt(i - 1)) ? null : beginning(text, i);
            default -> null;
        };
    }

    /** What can only stand at the beginning of a word, where few letters do. */
    private static @Nullable Span beginning(String text, int i) {
        return switch (text.charAt(i)) {
            case 'B', 'b' -> scheme(text, i);
            case 'e' -> jwt(text, i);
            case 'h' ->
                text.startsWith(SLACK_WEBHOOK, i)
                        ? span(i + SLACK_WEBHOOK.length(), endOfWord(text, i))
                        : prefixed(text, i);
            default -> prefixed(text, i);
        };
    }

    /** {@code name=value}, {@code name: value}, {@code "name":"value"}, {@code \"name\":\"value\"}. */
    private @Nullable Span assigned(String text, int separator) {
        int end = separator;
        while (end > 0 && separator - end < 4 && isQuoteOrSpace(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < NAME_LENGTH && isName(text.charAt(start - 1))) {
            start--;
        }
        if (start == end) {
            return null;
        }
        String name = text.substring(start, end);
        if (!names.contains(name)) {
            return null;
        }
        int from = separator + 1;
        while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '=')) {
            from++;
        }
        boolean escaped = from + 1 < text.length() && text.charAt(from) == '\\' && isQuote(text.charAt(from + 1));
        from += escaped ? 1 : 0;
        if (from < text.length() && isQuote(text.charAt(from))) {
            return span(from + 1, endOfQuoted(text, from, escaped));
        }
        return span(from, isHeader(name) ? endOfLine(text, from) : endOfWord(text, from));
    }

    private static @Nullable Span span(int from, int to) {
        return to > from ? new Span(from, to) : null;
    }

    private static boolean isHeader(String name) {
        return name.regionMatches(true, Math.max(0, name.length() - 13), "authorization", 0, 13)
                || name.regionMatches(true, Math.max(0, name.length() - 6), "cookie", 0, 6);
    }

    private static int endOfQuoted(String text, int quote, boolean escaped) {
        int i = quote + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == text.charAt(quote) || escaped && c == '\\') {
                break;
            }
            i += c == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    private static int endOfLine(String text, int from) {
        int i = from;
        while (i < text.length() && "\r\n\"'`".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static int endOfWord(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) > ' ' && "\"'`,;&)]}<>".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static @Nullable Span userInfo(String text, int from) {
        int at = -1;
        boolean password = false;
        for (int i = from; i < text.length() && text.charAt(i) > ' '; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                at = i;
            } else if (c == ':' && at < 0) {
                password = true;
            } else if ("/?#\"'`<>\\".indexOf(c) >= 0) {
                break;
            }
        }
        return at > from && password ? new Span(from, at) : null;
    }

    private static @Nullable Span scheme(String text, int i) {
        boolean bearer = text.regionMatches(true, i, "bearer ", 0, 7);
        if (!bearer && !text.regionMatches(true, i, "basic ", 0, 6)) {
            return null;
        }
        int from = i + (bearer ? 7 : 6);
        int to = endOfToken(text, from);
        String token = text.substring(from, to);
        boolean secret = bearer
                ? token.length() >= MIN_BEARER && !PROSE.contains(withoutTrailingDots(token))
                : isUserAndPassword(token);
        return secret ? new Span(from, to) : null;
    }

    private static String withoutTrailingDots(String token) {
        int end = token.length();
        while (end > 0 && token.charAt(end - 1) == '.') {
            end--;
        }
        return token.substring(0, end);
    }

    private static boolean isUserAndPassword(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.ISO_8859_1).indexOf(':') >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable Span jwt(String text, int i) {
        if (!text.startsWith("eyJ", i)) {
            return null;
        }
        int end = i;
        for (int part = 0; part < 3; part++) {
            int start = end;
            while (end < text.length() && isBase64Url(text.charAt(end))) {
                end++;
            }
            if (part < 2 && (end - start < 4 || end == text.length() || text.charAt(end++) != '.')) {
                return null;
            }
        }
        return new Span(i, end);
    }

    private static @Nullable Span prefixed(String text, int i) {
        for (String prefix : PREFIXES_BY_FIRST.getOrDefault(text.charAt(i), List.of())) {
            if (text.startsWith(prefix, i)) {
                int end = i + prefix.length();
                while (end < text.length() && isToken(text.charAt(end))) {
                    end++;
                }
                while (text.charAt(end - 1) == '.') {
                    end--;
                }
                return end - i - prefix.length() >= MIN_KEY ? new Span(i, end) : null;
            }
        }
        return null;
    }

    private static @Nullable Span pem(String text, int i) {
        if (!text.startsWith("-----BEGIN ", i)) {
            return null;
        }
        // A window, because a search to the end for each beginning would take the square of the time.
        int header = text.substring(i, Math.min(text.length(), i + NAME_LENGTH)).indexOf("PRIVATE KEY");
        if (header < 0) {
            return null;
        }
        int footer = text.indexOf("-----END ", i + header);
        int end = footer < 0 ? -1 : text.indexOf("-----", footer + 9);
        return new Span(i, end < 0 ? text.length() : end + 5);
    }

    private static int endOfToken(String text, int from) {
        int i = from;
        while (i < text.length() && (isToken(text.charAt(i)) || "+/=~".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        return i;
    }

    private static boolean isToken(char c) {
        return isBase64Url(c) || c == '.';
    }

    private static boolean isBase64Url(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static boolean isName(char c) {
        return isToken(c) || c > 127 && Character.isLetterOrDigit(c);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isQuoteOrSpace(char c) {
        return isQuote(c) || c == ' ' || c == '\\' || c == ']';
    }
}
