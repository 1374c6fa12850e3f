package dev.sidecar.server.edge.input;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh one input is.
 *
 * @param kind {@code discovery}, {@code config}, {@code environment} or {@code file}
 * @param confirmedAt when it was last read and known to be so; null when it never was
 * @param stale why what is used may be old; null when it is fresh
 */
public record InputState(String kind, String name, @Nullable Instant confirmedAt, @Nullable String stale) {}
