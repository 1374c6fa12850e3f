package dev.sidecar.logging.spool;

/**
 * What goes into one frame of the spool.
 *
 * @param content opaque to the spool; given back joined with its neighbours
 * @param records how many are in it, for the counts
 */
public record Payload(byte[] content, int records) {}
