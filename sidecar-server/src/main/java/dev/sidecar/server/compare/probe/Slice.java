package dev.sidecar.server.compare.probe;

import org.jspecify.annotations.Nullable;

/**
 * What a probe saw in one stretch of one operation.
 *
 * @param count calls made, failed ones included
 * @param nanos from the first call's intended start to the last one's end
 * @param allocatedBytes by all threads of the process meanwhile
 * @param error the last one
 * @param histogram of nanoseconds, as HdrHistogram encodes it, in Base64
 */
public record Slice(
        long count, long nanos, long allocatedBytes, long errors, @Nullable String error, String histogram) {}
