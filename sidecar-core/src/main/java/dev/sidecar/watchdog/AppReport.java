package dev.sidecar.watchdog;

import org.jspecify.annotations.Nullable;

/**
 * What the application says of itself.
 *
 * @param pid its main process; null when none is watched
 * @param phase where it says it is
 * @param status its own words; null when it said none
 * @param errno the error it reported last; null when it reported none
 */
public record AppReport(@Nullable Long pid, AppPhase phase, @Nullable String status, @Nullable Integer errno) {}
