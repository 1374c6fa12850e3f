package dev.sidecar.health;

import dev.sidecar.json.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a probe again and again. Runs of one check never overlap; a run that outlives its timeout is recorded as a
 * failure at that moment, and while it still has not ended, each run that would be due is one more failure.
 */
final class PolledCheck implements Check {

    /** What a run has after its deadline to leave nothing behind, before it is said to be stuck. */
    private static final Duration CLEANING_UP = Duration.ofMillis(100);

    private final CheckPolicy policy;
    private final Probe probe;
    private final CheckResults results;
    private final CheckThreads threads;
    private final RunMeter meter;
    private final Duration firstDelay;
    private final long definedAt = System.nanoTime();
    private @Nullable Run last;
    private @Nullable Future<?> next;
    private boolean closed;

    /**
     * @param firstDelay spreads the first runs of many checks
     */
    PolledCheck(
            CheckPolicy policy,
            Probe probe,
            CheckResults results,
            CheckThreads threads,
            RunMeter meter,
            Duration firstDelay) {
        this.policy = policy;
        this.probe = probe;
        this.results = results;
        this.threads = threads;
        this.meter = meter;
        this.firstDelay = firstDelay;
    }

    @Override
    public CheckState state() {
        return results.state();
    }

    @Override
    public synchronized void start() {
        next = threads.timer().schedule(this::begin, firstDelay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        if (last != null) {
            last.abandon();
        }
    }

    private void begin() {
        Run run;
        boolean stuck;
        synchronized (this) {
            if (closed) {
                return;
            }
            stuck = last != null && !last.isOver();
            run = new Run(System.nanoTime());
            if (!stuck) {
                last = run;
            }
        }
        if (stuck) {
            run.conclude(ProbeResult.fail(noAnswer() + ", and that run still has not ended"), RunMeter.TIMEOUT);
        } else {
            run.launch();
        }
    }

    private synchronized void again(long startedAt) {
        if (!closed) {
            long due = startedAt + policy.period(results.passedOnce()).toNanos();
            boolean ending = last != null && !last.isOver();
            long delay = Math.max(ending ? CLEANING_UP.toNanos() : 0, due - System.nanoTime());
            next = threads.timer().schedule(this::begin, delay, TimeUnit.NANOSECONDS);
        }
    }

    private String noAnswer() {
        return "no answer within " + DurationText.format(policy.timeout());
    }

    /** One run: whoever concludes it first, its worker or its deadline, decides the result. */
    private final class Run implements Runnable {

        private final long startedAt;
        private @Nullable Future<?> deadline;
        private @Nullable Thread worker;
        private boolean abandoned;
        private boolean over;
        private boolean concluded;

        Run(long startedAt) {
            this.startedAt = startedAt;
        }

        void launch() {
            synchronized (this) {
                deadline =
                        threads.timer().schedule(this::expire, policy.timeout().toNanos(), TimeUnit.NANOSECONDS);
            }
            try {
                threads.workers().execute(this);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                synchronized (this) {
                    over = true;
                }
                conclude(ProbeResult.fail("not run: too many other checks hang"), RunMeter.FAIL);
            }
        }

        @Override
        public void run() {
            synchronized (this) {
                if (abandoned) {
                    over = true;
                    return;
                }
                worker = Thread.currentThread();
            }
            ProbeResult result;
            try {
                result = probe.run();
            } catch (InterruptedException e) {
                result = ProbeResult.fail("stopped");
            } catch (IOException | RuntimeException | LinkageError e) {
                result = ProbeResult.fail(Output.of(e));
            } finally {
                leave();
            }
            conclude(result, result.pass() ? RunMeter.PASS : RunMeter.FAIL);
        }

        synchronized boolean isOver() {
            return over;
        }

        /** The interrupt is given only while the worker is ours: it must not hit the next run on that thread. */
        synchronized void abandon() {
            abandoned = true;
            if (worker != null) {
                worker.interrupt();
            }
        }

        private synchronized void leave() {
            over = true;
            worker = null;
            Thread.interrupted();
        }

        private void expire() {
            if (claim()) {
                abandon();
                record(ProbeResult.fail(noAnswer()), RunMeter.TIMEOUT);
            }
        }

        private void conclude(ProbeResult result, String outcome) {
            if (claim()) {
                record(result, outcome);
            }
        }

        /** Whether the caller is the first. */
        private synchronized boolean claim() {
            boolean first = !concluded;
            concluded = true;
            if (deadline != null) {
                deadline.cancel(false);
            }
            return first;
        }

        private void record(ProbeResult result, String outcome) {
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            // One step, so that no meter comes back after it was removed with its check.
            synchronized (PolledCheck.this) {
                if (closed) {
                    return;
                }
                meter.record(outcome, took);
            }
            results.ran(result, Duration.ofNanos(startedAt - definedAt), took);
            again(startedAt);
        }
    }
}
