package dev.sidecar.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** An instance and how it has been doing. Thread-safe. */
final class Member {

    final Instance instance;
    /** Of the id, for rendezvous hashing. */
    final long hash;

    final AtomicInteger running = new AtomicInteger();
    private final MovingLatency latency = new MovingLatency();
    private int failuresInARow;
    private int ejections;
    private volatile long ejectedUntil;
    private volatile boolean ejected;

    Member(Instance instance) {
        this.instance = instance;
        this.hash = Rendezvous.hash(instance.id());
    }

    boolean isEjected(long now) {
        return ejected && ejectedUntil - now > 0;
    }

    long ejectedForNanos(long now) {
        return isEjected(now) ? ejectedUntil - now : 0;
    }

    /** Latency that is to be expected, times the load. */
    double cost(long now) {
        return latency.at(now) * (running.get() + 1);
    }

    double latencyNanos(long now) {
        return latency.at(now);
    }

    void answered(long nanos, long now) {
        latency.add(nanos, now);
    }

    synchronized void succeeded() {
        failuresInARow = 0;
        if (ejected) {
            ejected = false;
            ejections = 0;
        }
    }

    /** Returns whether it has now failed so often in a row that it is to be ejected. */
    synchronized boolean failed(OutlierEjectionPolicy policy, long now) {
        failuresInARow++;
        return failuresInARow >= policy.consecutiveFailures() && !isEjected(now);
    }

    /** The first failure after its return ejects it again, and for longer. */
    synchronized void eject(OutlierEjectionPolicy policy, long now) {
        ejections++;
        long most = policy.maxEjectFor().toNanos();
        long base = policy.ejectFor().toNanos();
        ejectedUntil = now + (base > most / ejections ? most : base * ejections);
        ejected = true;
        failuresInARow = policy.consecutiveFailures() - 1;
    }
}
