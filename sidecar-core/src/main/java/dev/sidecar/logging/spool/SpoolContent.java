package dev.sidecar.logging.spool;

import org.jspecify.annotations.Nullable;

/**
 * What a spool holds that nobody has taken.
 *
 * @param bytes on the disk
 * @param records in them, as far as they were counted
 * @param oldestMs when the oldest was written, in milliseconds since 1970; 0 when there is none
 * @param full whether it has no room for a batch as large as one it refused
 * @param failure why the disk did not take a batch; null once it takes such batches again
 */
public record SpoolContent(long bytes, long records, long oldestMs, boolean full, @Nullable String failure) {}
