package dev.sidecar.logging.spool;

import org.jspecify.annotations.Nullable;

/**
 * What a spool holds that nobody has taken.
 *
 * @param bytes on the disk
 * @param records in them, as far as they were counted
 * @param oldestMs when the oldest was written, in milliseconds since 1970; 0 when there is none
 * @param failure why the disk did not take the last batch; null when it did
 */
public record SpoolContent(long bytes, long records, long oldestMs, @Nullable String failure) {}
