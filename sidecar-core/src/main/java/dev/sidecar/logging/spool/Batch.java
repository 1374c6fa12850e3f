package dev.sidecar.logging.spool;

/**
 * What was appended next to each other, in order.
 *
 * @param content the payloads, one after the other
 * @param records in them
 * @param segment the number of the segment it is from
 * @param end where it ends there
 */
public record Batch(byte[] content, int records, long segment, long end) {}
