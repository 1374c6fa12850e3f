package dev.sidecar.environment;

/**
 * The time zone.
 *
 * @param id such as {@code Europe/Berlin}
 * @param offsetSeconds from UTC at the moment
 */
public record TimeZoneFacts(String id, int offsetSeconds) {}
