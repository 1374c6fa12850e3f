package dev.sidecar.logging.spool;

import java.util.TreeMap;

/** Parts of a segment that cannot be read: from where to where. */
final class Damage {

    private final TreeMap<Long, Long> gaps = new TreeMap<>();

    void add(long from, long to) {
        gaps.put(from, to);
    }

    /** Where to read on when one is at the offset. */
    long after(long offset) {
        Long end = gaps.get(offset);
        return end == null ? offset : end;
    }

    long bytes() {
        return gaps.entrySet().stream()
                .mapToLong(gap -> gap.getValue() - gap.getKey())
                .sum();
    }
}
