package dev.sidecar.environment;

import dev.sidecar.redaction.Secrets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hides secrets in variables and arguments more strictly than in logs: nobody chose to write them, and to hide one too
 * many does no harm.
 */
final class VariableSecrets {

    private static final Pattern WORDS = Pattern.compile("[_.\\-]+");

    /** Last words that in logs mean all kinds of things. */
    private static final Set<String> LAST = Set.of("key", "keys", "pat", "pass", "auth", "salt", "dsn", "pin", "jwt");

    /** Where a shell is and was; only elsewhere does it mean password. */
    private static final Set<String> DIRECTORIES = Set.of("PWD", "OLDPWD");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/_\\-]{20,}={0,2}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{32,128}|[0-9A-F]{32,128})");

    /** Command lines in command lines. */
    private static final int DEEPEST = 3;

    /** Options that {@code name:password} follows. */
    private static final Set<String> USERS = Set.of("u", "user", "userpwd", "proxy-user");

    /** Words in names of what identifies something by hexadecimal digits and is known to all. */
    private static final Set<String> DIGESTS = Set.of(
            "commit",
            "sha",
            "sha1",
            "sha256",
            "md5",
            "revision",
            "rev",
            "ref",
            "digest",
            "hash",
            "checksum",
            "id",
            "uuid",
            "guid",
            "version",
            "tag",
            "image",
            "etag",
            "trace",
            "traceparent",
            "build",
            "hostname");

    private static final double RANDOM_BITS = 3.8;

    private final Secrets secrets;

    VariableSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    Map<String, String> redact(Map<String, String> variables) {
        Map<String, String> shown = new TreeMap<>();
        variables.forEach((name, value) -> shown.put(name, value(name, value)));
        return shown;
    }

    /** An argument that follows the name of a secret is one: {@code --password x}. */
    List<String> redactArguments(List<String> arguments) {
        Arguments words = new Arguments(1);
        return arguments.stream().map(words::next).toList();
    }

    /** One word of a command line after the other. */
    private final class Arguments {

        private final int depth;
        private String option = "";

        Arguments(int depth) {
            this.depth = depth;
        }

        String next(String argument) {
            String before = option;
            boolean isOption = argument.startsWith("-");
            option = isOption && argument.indexOf('=') < 0 ? withoutDashes(argument) : "";
            if (!isOption && isName(before)) {
                return Secrets.REDACTED;
            }
            int colon = argument.indexOf(':');
            if (USERS.contains(before) && colon > 0) {
                return argument.substring(0, colon + 1) + Secrets.REDACTED;
            }
            return isOption ? assigned(argument, secrets.redact(argument)) : argument(argument);
        }

        private String argument(String argument) {
            boolean quoted = CommandLine.isQuoted(argument);
            String bare = quoted ? argument.substring(1, argument.length() - 1) : argument;
            String shown = bare.indexOf(' ') < 0 ? assigned(bare, text("", bare)) : commandLine(text("", bare), depth);
            return quoted ? argument.charAt(0) + shown + argument.charAt(0) : shown;
        }

        private String assigned(String argument, String otherwise) {
            int equals = argument.indexOf('=');
            return equals > 0 && isName(withoutDashes(argument.substring(0, equals)))
                    ? argument.substring(0, equals + 1) + Secrets.REDACTED
                    : otherwise;
        }
    }

    private static String withoutDashes(String option) {
        int start = 0;
        while (start < option.length() && option.charAt(start) == '-') {
            start++;
        }
        return option.substring(start);
    }

    /** What {@code sh -c} takes, what is quoted in that, and what is in variables such as {@code CURL_ARGS}. */
    private String commandLine(String text, int depth) {
        return depth > DEEPEST || text.indexOf(' ') < 0
                ? text
                : CommandLine.mapped(text, new Arguments(depth + 1)::next);
    }

    private String value(String name, String value) {
        return !value.isEmpty() && isName(name) ? Secrets.REDACTED : commandLine(text(name, value), 1);
    }

    private String text(String name, String value) {
        return looksRandom(value) || looksHex(value) && !isNameOfDigest(name)
                ? Secrets.REDACTED
                : secrets.redact(value);
    }

    /** {@code SECRET_KEY_BASE} is one for its beginning, {@code STRIPE_KEY} for its end. */
    private boolean isName(String name) {
        if (DIRECTORIES.contains(name)) {
            return false;
        }
        String[] words = WORDS.split(name);
        StringBuilder beginning = new StringBuilder();
        for (String word : words) {
            beginning.append(beginning.isEmpty() ? "" : "_").append(word);
            if (secrets.isName(beginning.toString())) {
                return true;
            }
        }
        return words.length > 0 && LAST.contains(words[words.length - 1].toLowerCase(Locale.ROOT));
    }

    /** Upper case, lower case and digits mixed, no word and no path. */
    private static boolean looksRandom(String value) {
        if (value.length() > 512
                || value.startsWith("/")
                || !TOKEN.matcher(value).matches()) {
            return false;
        }
        boolean upper = value.chars().anyMatch(Character::isUpperCase);
        boolean lower = value.chars().anyMatch(Character::isLowerCase);
        boolean digit = value.chars().anyMatch(Character::isDigit);
        return upper && lower && digit && bits(value) >= RANDOM_BITS;
    }

    /** As keys of many services are; so are digests, and no key has only digits. */
    private static boolean looksHex(String value) {
        return HEX.matcher(value).matches()
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter);
    }

    private static boolean isNameOfDigest(String name) {
        return Arrays.stream(WORDS.split(name.toLowerCase(Locale.ROOT))).anyMatch(DIGESTS::contains);
    }

    /** Shannon's entropy of a character. */
    private static double bits(String value) {
        int[] counts = new int[128];
        value.chars().forEach(c -> counts[c]++);
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
