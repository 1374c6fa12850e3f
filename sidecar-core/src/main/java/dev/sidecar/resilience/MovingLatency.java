package dev.sidecar.resilience;

/**
 * A moving average of latencies in nanoseconds that takes a peak at once and forgets it over ten seconds (peak EWMA,
 * as in Finagle). Thread-safe.
 */
final class MovingLatency {

    private static final double TAU = 10e9;

    private volatile double average;
    private volatile long updated;

    synchronized void add(long latency, long now) {
        double current = average;
        if (latency > current) {
            average = latency;
        } else {
            double weight = Math.exp(-Math.max(0, now - updated) / TAU);
            average = current * weight + latency * (1 - weight);
        }
        updated = now;
    }

    /** What is not called is slowly forgiven. */
    double at(long now) {
        double current = average;
        return current == 0 ? 0 : current * Math.exp(-Math.max(0, now - updated) / TAU);
    }
}
