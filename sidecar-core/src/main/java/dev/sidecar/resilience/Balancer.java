package dev.sidecar.resilience;

/** Chooses one of several. Thread-safe; allocates nothing. */
interface Balancer {

    /**
     * Returns the place of the one to call.
     *
     * @param choices how many there are, at least 2
     * @param key of the call, hashed; 0 for none
     */
    int choose(Member[] members, int choices, long key, long now);

    static Balancer of(BalancingStrategy strategy, Dice dice) {
        return switch (strategy) {
            case ROUND_ROBIN -> new RoundRobin();
            case LEAST_REQUEST -> new LeastRequest(dice);
            case PEAK_EWMA -> new PeakEwma(dice);
            case CONSISTENT_HASH -> new ConsistentHash(new RoundRobin());
        };
    }
}
