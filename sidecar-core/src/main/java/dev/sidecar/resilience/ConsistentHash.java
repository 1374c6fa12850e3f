package dev.sidecar.resilience;

/**
 * The instance that the key belongs to most (rendezvous hashing): when one goes, only its keys move, and they move to
 * all of the others. A call without a key is balanced otherwise.
 */
final class ConsistentHash implements Balancer {

    private final Balancer withoutKey;

    ConsistentHash(Balancer withoutKey) {
        this.withoutKey = withoutKey;
    }

    @Override
    public int choose(Member[] members, int choices, long key, long now) {
        if (key == 0) {
            return withoutKey.choose(members, choices, key, now);
        }
        int best = 0;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < choices; i++) {
            long score = Rendezvous.score(key, members[i].hash);
            if (score > most) {
                most = score;
                best = i;
            }
        }
        return best;
    }
}
