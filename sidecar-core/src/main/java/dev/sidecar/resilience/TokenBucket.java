package dev.sidecar.resilience;

/** So many a second, and a burst after a pause. Thread-safe. */
final class TokenBucket {

    private final double perNano;
    private final double burst;
    private double tokens;
    private long filledAt;

    TokenBucket(double perSecond, double burst, long now) {
        this.perNano = perSecond / 1e9;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    synchronized boolean tryTake(long now) {
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** How long until there is one. */
    synchronized long waitNanos(long now) {
        fill(now);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }

    private void fill(long now) {
        long passed = now - filledAt;
        if (passed > 0) {
            tokens = Math.min(burst, tokens + passed * perNano);
            filledAt = now;
        }
    }
}
