package dev.sidecar.resilience;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Every call pays in a share of a retry and every retry takes out a whole one, so that of n calls never more than
 * reserve + share × n are retried, however many fail. What is saved in good times is capped. Thread-safe.
 */
final class RetryBudget {

    static final int RESERVE = 10;
    private static final int MOST = 100;
    private static final long UNIT = 1000;

    private final long share;
    private final AtomicLong balance = new AtomicLong(RESERVE * UNIT);

    RetryBudget(Percent share) {
        this.share = Math.round(share.fraction() * UNIT);
    }

    void called() {
        if (share > 0 && balance.get() < MOST * UNIT) {
            balance.addAndGet(share);
        }
    }

    boolean trySpend() {
        if (share == 0) {
            return false;
        }
        for (; ; ) {
            long before = balance.get();
            if (before < UNIT) {
                return false;
            }
            if (balance.compareAndSet(before, before - UNIT)) {
                return true;
            }
        }
    }

    /** A retry that was paid for and did not take place. */
    void refund() {
        balance.addAndGet(UNIT);
    }

    /** How many retries could be made now. */
    int left() {
        return share == 0 ? 0 : (int) (balance.get() / UNIT);
    }
}
