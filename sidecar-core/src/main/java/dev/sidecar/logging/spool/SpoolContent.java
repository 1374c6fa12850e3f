package dev.sidecar.logging.spool;

/**
 * What a spool holds that nobody has taken.
 *
 * @param bytes on the disk
 * @param records in them, as far as they were counted
 * @param oldestMs when the oldest was written, in milliseconds since 1970; 0 when there is none
 * @param full whether the last batch that found no room still finds none
 */
public record SpoolContent(long bytes, long records, long oldestMs, boolean full) {}
