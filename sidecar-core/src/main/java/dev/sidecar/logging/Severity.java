package dev.sidecar.logging;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ranges of OpenTelemetry's severity number, each with its first number. */
public enum Severity {
    UNSPECIFIED(0),
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17),
    FATAL(21);

    private static final Severity[] BY_RANGE = values();
    private static final Map<String, Severity> WORDS = words();

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    /** The first number of the range, 1 to 24; 0 for UNSPECIFIED. */
    public int number() {
        return number;
    }

    /** The range a severity number of 0 to 24 lies in; anything else is UNSPECIFIED. */
    public static Severity ofNumber(int number) {
        if (number < 1 || number > 24) {
            return UNSPECIFIED;
        }
        return BY_RANGE[(number - 1) / 4 + 1];
    }

    /** The severity that loggers mean by a word such as {@code warn}, {@code Warning} or {@code err}; else null. */
    public static @Nullable Severity ofWord(String word) {
        return word.length() > 16 ? null : WORDS.get(word.toLowerCase(Locale.ROOT));
    }

    private static Map<String, Severity> words() {
        Map<String, Severity> words = new HashMap<>();
        for (String word : new String[] {"trace", "finest", "finer", "verbose", "silly"}) {
            words.put(word, TRACE);
        }
        for (String word : new String[] {"debug", "dbg", "fine"}) {
            words.put(word, DEBUG);
        }
        for (String word : new String[] {"info", "information", "informational", "notice", "config"}) {
            words.put(word, INFO);
        }
        for (String word : new String[] {"warn", "warning"}) {
            words.put(word, WARN);
        }
        for (String word : new String[] {"error", "err", "severe"}) {
            words.put(word, ERROR);
        }
        for (String word : new String[] {"fatal", "critical", "crit", "panic", "emergency", "emerg", "alert"}) {
            words.put(word, FATAL);
        }
        return words;
    }
}
