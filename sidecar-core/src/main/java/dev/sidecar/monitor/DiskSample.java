package dev.sidecar.monitor;

/**
 * A block device; all numbers count since the boot.
 *
 * @param busySeconds in which it had something to do
 */
public record DiskSample(String name, long reads, long readBytes, long writes, long writtenBytes, double busySeconds) {}
