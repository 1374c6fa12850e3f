package dev.sidecar.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known of one check so far. Thread-safe. */
final class CheckResults {

    private final CheckPolicy policy;
    private final Clock clock;
    private final Runnable statusChanged;
    private Tally tally = Tally.EMPTY;
    private @Nullable String output;
    private @Nullable Instant lastRunAt;
    private @Nullable Long durationMs;
    private Instant since;

    /**
     * @param statusChanged called after each change, without a lock held
     */
    CheckResults(CheckPolicy policy, Clock clock, Runnable statusChanged) {
        this.policy = policy;
        this.clock = clock;
        this.statusChanged = statusChanged;
        this.since = clock.instant();
    }

    synchronized CheckState state() {
        return new CheckState(
                policy.name(),
                policy.type(),
                tally.status(),
                policy.groups(),
                policy.critical(),
                output,
                lastRunAt,
                durationMs,
                tally.passes(),
                tally.failures(),
                since);
    }

    synchronized boolean passedOnce() {
        return tally.passedOnce();
    }

    /**
     * @param age from the definition of the check to the beginning of the run
     */
    void ran(ProbeResult result, Duration age, Duration took) {
        boolean changed;
        synchronized (this) {
            durationMs = TimeUnit.NANOSECONDS.toMillis(took.toNanos());
            changed = record(result.pass() ? tally.pass(policy) : tally.fail(policy, age), result.output());
        }
        tell(changed);
    }

    void told(HealthStatus word, @Nullable String says) {
        boolean changed;
        synchronized (this) {
            changed = record(tally.told(policy, word), says);
        }
        tell(changed);
    }

    /** Nobody ran anything and nobody spoke, and that is the failure. */
    void missed(String why) {
        boolean changed;
        synchronized (this) {
            Instant spokeAt = lastRunAt;
            changed = record(tally.told(policy, HealthStatus.DOWN), why);
            lastRunAt = spokeAt;
        }
        tell(changed);
    }

    private boolean record(Tally next, @Nullable String says) {
        boolean changed = next.status() != tally.status();
        Instant now = clock.instant();
        tally = next;
        output = says == null ? null : Output.clip(says);
        lastRunAt = now;
        if (changed) {
            since = now;
        }
        return changed;
    }

    private void tell(boolean changed) {
        if (changed) {
            statusChanged.run();
        }
    }
}
