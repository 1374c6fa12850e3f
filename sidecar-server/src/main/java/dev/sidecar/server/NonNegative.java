package dev.sidecar.server;

import dev.sidecar.json.DurationText;
import java.time.Duration;

/** What a wait may be. */
public final class NonNegative {

    private NonNegative() {}

    /** @throws StartupProblem naming the property */
    public static void require(String property, Duration wait) {
        if (wait.isNegative()) {
            throw new StartupProblem(
                    property + ": '-" + DurationText.format(wait.negated()) + "' is not allowed",
                    "Give a duration such as 0s or 10s.");
        }
    }
}
