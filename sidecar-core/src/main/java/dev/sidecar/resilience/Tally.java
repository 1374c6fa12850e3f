package dev.sidecar.resilience;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What has happened to the calls of an upstream. Thread-safe. */
final class Tally {

    final LongAdder calls = new LongAdder();
    final LongAdder tries = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder hedges = new LongAdder();
    final LongAdder ejections = new LongAdder();
    private final Map<Reason, LongAdder> reasons = new EnumMap<>(Reason.class);

    Tally() {
        for (Reason reason : Reason.values()) {
            reasons.put(reason, new LongAdder());
        }
    }

    LongAdder of(Reason reason) {
        return reasons.getOrDefault(reason, calls);
    }
}
