package dev.sidecar.watchdog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something the watchdog noticed.
 *
 * @param timestamp when
 * @param cause why
 * @param action what was done; null for the end of a trouble, about which nothing is to be done
 * @param detail for people: what, how much, for how long
 */
public record WatchdogEvent(Instant timestamp, Cause cause, @Nullable WatchdogAction action, String detail) {}
