package dev.sidecar.server.compare.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Repeats an operation and takes the time of each call. At a rate, a call's time runs from when it was due, not from
 * when its turn came, so that a stall counts for every call it held up (no coordinated omission).
 */
final class Pace {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
    /** Sleeping is this late at worst on a machine that is not overloaded; the rest of a wait is spent spinning. */
    private static final long SPIN_NANOS = 150_000;

    /** How many times longer than planned a stretch may take. */
    private static final int PATIENCE = 2;

    private final Operation operation;
    private final long extraNanos;
    private final Histogram times = new Histogram(LONGEST, 3);
    private final Allocation allocation = new Allocation();
    private long count;
    private long errors;
    private @Nullable String error;

    Pace(Operation operation, long extraNanos) {
        this.operation = operation;
        this.extraNanos = extraNanos;
    }

    Slice atRate(double perSecond, long millis) {
        long gap = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        long calls = Math.max(1, TimeUnit.MILLISECONDS.toNanos(millis) / gap);
        long before = allocation.bytes();
        long begin = System.nanoTime();
        long latest = begin + PATIENCE * TimeUnit.MILLISECONDS.toNanos(millis);
        // One that cannot keep the rate is not given all day: its calls are late by then, and the times say so.
        for (long i = 0; i < calls && System.nanoTime() - latest < 0; i++) {
            long due = begin + i * gap;
            await(due);
            call(due);
        }
        return slice(begin, before);
    }

    Slice backToBack(long millis) {
        long length = TimeUnit.MILLISECONDS.toNanos(millis);
        long before = allocation.bytes();
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < length) {
            now = call(now);
        }
        return slice(begin, before);
    }

    private long call(long start) {
        try {
            operation.run();
        } catch (Exception e) {
            errors++;
            error = e.toString();
        }
        if (extraNanos > 0) {
            await(System.nanoTime() + extraNanos);
        }
        long end = System.nanoTime();
        times.recordValue(Math.min(LONGEST, Math.max(0, end - start)));
        count++;
        return end;
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private Slice slice(long begin, long allocatedBefore) {
        long nanos = System.nanoTime() - begin;
        return new Slice(
                count,
                nanos,
                Math.max(0, allocation.bytes() - allocatedBefore),
                errors,
                error,
                Histograms.encode(times));
    }
}
