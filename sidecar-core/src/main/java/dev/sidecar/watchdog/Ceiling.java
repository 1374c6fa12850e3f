package dev.sidecar.watchdog;

import java.time.Duration;

/**
 * How much may be used, and for how long more than that.
 *
 * @param max in the unit of the resource: bytes, descriptors, cores, or a share from 0 to 1
 * @param lasting how long it must be more before the watchdog acts
 */
public record Ceiling(double max, Duration lasting) {

    public Ceiling {
        if (!(max > 0) || lasting.isNegative()) {
            throw new IllegalArgumentException("a ceiling of " + max + " for " + lasting + " can never hold");
        }
    }
}
