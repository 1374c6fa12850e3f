package dev.sidecar.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** One after the other. */
final class RoundRobin implements Balancer {

    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public int choose(Member[] members, int choices, long key, long now) {
        return Integer.remainderUnsigned(turn.getAndIncrement(), choices);
    }
}
