package dev.sidecar.watchdog;

import org.jspecify.annotations.Nullable;

/**
 * A limit and how near the application is to it.
 *
 * @param resource what is limited; the unit is in {@link Cause}
 * @param max what may be used
 * @param forMs how long more may be used
 * @param value what was used at the last sample; null before the first, or where it cannot be read
 * @param overMs for how long more has been used, 0 when it is not
 */
public record CeilingReport(Cause resource, double max, long forMs, @Nullable Double value, long overMs) {}
