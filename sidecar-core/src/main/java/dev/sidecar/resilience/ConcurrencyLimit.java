package dev.sidecar.resilience;

/**
 * How many calls at once an upstream takes, found out from how latency answers to load (after the gradient limit of
 * Netflix's concurrency-limits): while latency stays near its long-run average the limit grows by the square root of
 * itself, and in proportion to how much slower it gets the limit falls; a time-out lowers it by a tenth. Thread-safe.
 */
final class ConcurrencyLimit {

    private static final double TOLERANCE = 1.5;
    private static final double SMOOTHING = 0.2;
    private static final double LONG_RUN = 1.0 / 600;
    private static final double SHORT_RUN = 1.0 / 10;
    private static final double BACK_OFF = 0.9;

    private final ConcurrencyLimitPolicy policy;
    private volatile double limit;
    private double longRun;
    private double shortRun;

    ConcurrencyLimit(ConcurrencyLimitPolicy policy) {
        this.policy = policy;
        this.limit = policy.initial();
    }

    int limit() {
        return (int) limit;
    }

    /** A call ended well. */
    synchronized void answered(long latencyNanos, int running) {
        double latency = Math.max(1, latencyNanos);
        if (longRun == 0) {
            longRun = latency;
            shortRun = latency;
        }
        longRun += (latency - longRun) * LONG_RUN;
        shortRun += (latency - shortRun) * SHORT_RUN;
        // After an overload the long run must not stay high, or the next one would not be seen.
        if (longRun > 2 * shortRun) {
            longRun *= 0.95;
        }
        // A limit that nobody comes near says nothing about what the upstream can take.
        if (running < limit / 2) {
            return;
        }
        double gradient = Math.max(0.5, Math.min(1, TOLERANCE * longRun / shortRun));
        set(limit * (1 - SMOOTHING) + (limit * gradient + Math.sqrt(limit)) * SMOOTHING);
    }

    /** A call was not answered in time. */
    synchronized void timedOut() {
        set(limit * BACK_OFF);
    }

    private void set(double value) {
        limit = Math.max(policy.min(), Math.min(policy.max(), value));
    }
}
