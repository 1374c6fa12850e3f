package dev.sidecar.json;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 15s}, {@code 2m}, {@code 1h}, {@code 1d}, or ISO 8601. */
public final class DurationText {

    private static final Pattern SIMPLE = Pattern.compile("(-?\\d{1,15})\\s*(ns|us|ms|s|m|h|d)");

    private static final Map<String, Duration> UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private DurationText() {}

    /** Throws {@link IllegalArgumentException} with a message that says what would have been right. */
    public static Duration parse(String text) {
        Matcher simple = SIMPLE.matcher(text.trim());
        if (simple.matches()) {
            Duration unit = UNITS.getOrDefault(simple.group(2), Duration.ZERO);
            return unit.multipliedBy(Long.parseLong(simple.group(1)));
        }
        try {
            return Duration.parse(text.trim());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; write a number and a unit such as 500ms, 15s, 2m or 1h", e);
        }
    }

    /** The shortest exact form with one unit. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        for (String unit : new String[] {"d", "h", "m", "s", "ms", "us"}) {
            long size = UNITS.getOrDefault(unit, Duration.ZERO).toNanos();
            if (nanos != 0 && nanos % size == 0) {
                return nanos / size + unit;
            }
        }
        return nanos == 0 ? "0s" : nanos + "ns";
    }
}
