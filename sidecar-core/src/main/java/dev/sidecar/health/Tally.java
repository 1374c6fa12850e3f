package dev.sidecar.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Results in a row, and what they mean by the policy's rise, fall and start period.
 *
 * <p>Before the first pass a check runs more often than its interval says, to find a starting application soon. Such
 * extra runs can only help: of their failures at most one an interval counts.
 *
 * @param lastCounted age at which the run began whose failure counted last; null before one did
 */
record Tally(HealthStatus status, long passes, long failures, boolean passedOnce, @Nullable Duration lastCounted) {

    static final Tally EMPTY = new Tally(HealthStatus.UNKNOWN, 0, 0, false, null);

    Tally pass(CheckPolicy policy) {
        long inARow = passes + 1;
        return new Tally(inARow >= policy.rise() ? HealthStatus.UP : status, inARow, 0, true, lastCounted);
    }

    /**
     * @param age from the definition of the check to the beginning of the run
     */
    Tally fail(CheckPolicy policy, Duration age) {
        if (!counts(policy, age)) {
            return new Tally(status, 0, failures, passedOnce, lastCounted);
        }
        long inARow = failures + 1;
        return new Tally(inARow >= policy.fall() ? policy.failing() : status, 0, inARow, passedOnce, age);
    }

    /** The application's own word: it has judged already, so it holds at once. */
    Tally told(CheckPolicy policy, HealthStatus word) {
        return switch (word) {
            case UP -> new Tally(HealthStatus.UP, passes + 1, 0, true, lastCounted);
            case DEGRADED -> new Tally(HealthStatus.DEGRADED, passes + 1, 0, true, lastCounted);
            default -> new Tally(policy.failing(), 0, failures + 1, passedOnce, lastCounted);
        };
    }

    private boolean counts(CheckPolicy policy, Duration age) {
        if (passedOnce) {
            return true;
        }
        return age.compareTo(policy.startPeriod()) >= 0
                && (lastCounted == null || age.minus(lastCounted).compareTo(policy.interval()) >= 0);
    }
}
