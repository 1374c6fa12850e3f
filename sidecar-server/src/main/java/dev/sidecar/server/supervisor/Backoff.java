package dev.sidecar.server.supervisor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before each restart: doubling from {@code first} to {@code cap}, each between half and the whole of
 * it so that many do not come back in step. Not thread-safe.
 *
 * <p>The budget is of restarts in a row; an uptime of {@code stable} makes it whole again.
 */
final class Backoff {

    private final Settings settings;
    private final DoubleSupplier random;
    private int restarts;

    /**
     * What can be set.
     *
     * @param first the wait before the first restart
     * @param cap no wait is longer
     * @param budget restarts in a row
     * @param stable an application that ran so long starts with a whole budget
     */
    record Settings(Duration first, Duration cap, int budget, Duration stable) {}

    /** Draws jitter from {@code random}, in [0, 1). */
    Backoff(Settings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** The wait before the next restart, empty when the budget is spent. */
    Optional<Duration> next(Duration uptime) {
        if (uptime.compareTo(settings.stable()) >= 0) {
            restarts = 0;
        }
        if (restarts >= settings.budget()) {
            return Optional.empty();
        }
        double full = settings.first().toMillis() * Math.pow(2, restarts++);
        double capped = Math.min(full, settings.cap().toMillis());
        return Optional.of(Duration.ofMillis((long) (capped * (0.5 + random.getAsDouble() / 2))));
    }

    /** Restarts since the last stable run. */
    int restarts() {
        return restarts;
    }
}
