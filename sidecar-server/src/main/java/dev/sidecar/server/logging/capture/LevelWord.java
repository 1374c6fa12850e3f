package dev.sidecar.server.logging.capture;

import dev.sidecar.logging.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The level a line of plain text states, in the forms that loggers use: {@code ERROR …}, {@code [warn] …}, {@code
 * error: …}, {@code WARNING:root:…}, {@code level=info}, {@code <3>…}, {@code E0131 …}, and after a time or other words
 * that are not prose.
 *
 * @param severity what it means
 * @param text the word itself
 * @param bodyStart where the message begins; more than 0 only for a prefix that is not for people
 */
record LevelWord(Severity severity, String text, int bodyStart) {

    private static final int HEAD = 160;
    private static final int MAX_TOKENS = 6;
    private static final String OPENING = "[(<|";
    private static final String CLOSING = "])>|:,";
    private static final String[] KEYS = {"level=", "lvl=", "severity=", "loglevel="};

    private static final Severity[] SYSLOG = {
        Severity.FATAL,
        Severity.FATAL,
        Severity.FATAL,
        Severity.ERROR,
        Severity.WARN,
        Severity.INFO,
        Severity.INFO,
        Severity.DEBUG
    };

    /** Null when there is none to be seen. */
    static @Nullable LevelWord of(String line) {
        LevelWord found = syslog(line);
        if (found == null) {
            String head = line.length() <= HEAD ? line : line.substring(0, HEAD);
            found = glog(head);
            found = found == null ? key(head) : found;
            found = found == null ? token(head) : found;
        }
        return found;
    }

    /** {@code <3>}, as systemd and syslog have it; a facility may be in it. */
    private static @Nullable LevelWord syslog(String line) {
        int end = line.startsWith("<") ? line.indexOf('>') : -1;
        if (end < 2 || end > 4) {
            return null;
        }
        int number = 0;
        for (int i = 1; i < end; i++) {
            if (!isDigit(line.charAt(i))) {
                return null;
            }
            number = 10 * number + line.charAt(i) - '0';
        }
        return number > 191 ? null : new LevelWord(SYSLOG[number & 7], line.substring(1, end), end + 1);
    }

    /** {@code I0131 12:00:00.000000}, as glog and klog have it. */
    private static @Nullable LevelWord glog(String head) {
        if (head.length() < 12 || head.charAt(5) != ' ' || head.charAt(8) != ':') {
            return null;
        }
        for (int i = 1; i < 5; i++) {
            if (!isDigit(head.charAt(i))) {
                return null;
            }
        }
        Severity severity =
                switch (head.charAt(0)) {
                    case 'I' -> Severity.INFO;
                    case 'W' -> Severity.WARN;
                    case 'E' -> Severity.ERROR;
                    case 'F' -> Severity.FATAL;
                    default -> null;
                };
        return severity == null ? null : new LevelWord(severity, head.substring(0, 1), 0);
    }

    /** {@code level=info} and {@code level="info"}. */
    private static @Nullable LevelWord key(String head) {
        for (String key : KEYS) {
            int at = head.indexOf(key);
            if (at == 0 || at > 0 && head.charAt(at - 1) <= ' ') {
                int from = at + key.length();
                from += from < head.length() && head.charAt(from) == '"' ? 1 : 0;
                int to = endOfWord(head, from);
                LevelWord found = named(head.substring(from, to));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable LevelWord token(String head) {
        int at = 0;
        for (int index = 0; index < MAX_TOKENS; index++) {
            while (at < head.length() && head.charAt(at) <= ' ') {
                at++;
            }
            int end = at;
            while (end < head.length() && head.charAt(end) > ' ') {
                end++;
            }
            if (end == at) {
                return null;
            }
            LevelWord found = token(head.substring(at, end), index == 0);
            if (found != null || isProse(head, at, end)) {
                return found;
            }
            at = end;
        }
        return null;
    }

    private static @Nullable LevelWord token(String token, boolean first) {
        int from = 0;
        while (from < token.length() && OPENING.indexOf(token.charAt(from)) >= 0) {
            from++;
        }
        int to = endOfWord(token, from);
        String word = token.substring(from, to);
        boolean closed = to < token.length() && CLOSING.indexOf(token.charAt(to)) >= 0;
        boolean whole = to == token.length() || closed;
        boolean marked = from > 0 && closed || first && closed;
        return whole && (marked || isUpperCase(word)) ? named(word) : null;
    }

    private static @Nullable LevelWord named(String word) {
        Severity severity = Severity.ofWord(word);
        return severity == null ? null : new LevelWord(severity, word, 0);
    }

    /** What comes before a level is a time, a thread, a process; a plain word begins a sentence. */
    private static boolean isProse(String head, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(head.charAt(i))) {
                return false;
            }
        }
        // In "app - ERROR - gone" and "app | ERROR | gone" it is a name.
        return !(head.startsWith(" - ", to) || head.startsWith(" | ", to));
    }

    private static boolean isUpperCase(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!Character.isUpperCase(word.charAt(i))) {
                return false;
            }
        }
        return word.length() > 2;
    }

    private static int endOfWord(String text, int from) {
        int to = from;
        while (to < text.length() && Character.isLetter(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
