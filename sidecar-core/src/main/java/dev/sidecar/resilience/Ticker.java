package dev.sidecar.resilience;

/** Time that only passes: nanoseconds from any beginning, as {@link System#nanoTime()}. Thread-safe. */
@FunctionalInterface
public interface Ticker {

    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
