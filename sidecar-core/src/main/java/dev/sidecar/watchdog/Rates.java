package dev.sidecar.watchdog;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Time spent by time passed, between one sample and the next. Thread-safe. */
public final class Rates {

    private record Sample(long at, long spent) {}

    private final LongSupplier nanos;
    private final Map<Cause, Sample> last = new EnumMap<>(Cause.class);

    /** By a clock that counts nanoseconds. */
    public Rates(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The rate since the last call for the same resource; empty at the first, and when less was spent than before. */
    public synchronized OptionalDouble of(Cause resource, long spentNanos) {
        Sample now = new Sample(nanos.getAsLong(), spentNanos);
        Sample before = last.put(resource, now);
        if (before == null || now.at() <= before.at() || spentNanos < before.spent()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((double) (spentNanos - before.spent()) / (now.at() - before.at()));
    }
}
