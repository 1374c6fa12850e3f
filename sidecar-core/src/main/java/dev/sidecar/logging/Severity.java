package dev.sidecar.logging;

/** The ranges of OpenTelemetry's severity number, each with its first number. */
public enum Severity {
    UNSPECIFIED(0),
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17),
    FATAL(21);

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
        return values()[(number - 1) / 4 + 1];
    }
}
