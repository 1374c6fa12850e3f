package dev.sidecar.resilience;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A share of a whole, written {@code 20%}. Immutable. */
public final class Percent {

    private static final Pattern TEXT = Pattern.compile("\\d{1,3}(\\.\\d{1,3})?%");

    private final double value;

    private Percent(double value) {
        this.value = value;
    }

    /** From 0 to 100. */
    public static Percent of(double value) {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException("'" + value + "' is not a percentage; give 0% to 100%");
        }
        return new Percent(value);
    }

    /** Throws {@link IllegalArgumentException} with a message that says what would have been right. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Percent valueOf(String text) {
        String trimmed = text.trim();
        if (!TEXT.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a percentage; write it such as 20%");
        }
        return of(Double.parseDouble(trimmed.substring(0, trimmed.length() - 1)));
    }

    /** From 0 to 1. */
    public double fraction() {
        return value / 100;
    }

    /** From 0 to 100. */
    public double percent() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Percent that && Double.compare(that.value, value) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }

    @Override
    @JsonValue
    public String toString() {
        return value == Math.rint(value) ? (long) value + "%" : value + "%";
    }
}
