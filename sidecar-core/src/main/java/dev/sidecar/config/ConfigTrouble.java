package dev.sidecar.config;

import java.time.Instant;

/**
 * Why the store does not work.
 *
 * @param detail with what to do about it
 * @param since when it was first noticed
 */
public record ConfigTrouble(String detail, Instant since) {}
