package dev.sidecar.monitor;

/** A network interface; all numbers count since it came up. */
public record NetworkSample(
        String name,
        long receivedBytes,
        long receivedPackets,
        long receiveErrors,
        long receiveDropped,
        long sentBytes,
        long sentPackets,
        long sendErrors,
        long sendDropped) {}
