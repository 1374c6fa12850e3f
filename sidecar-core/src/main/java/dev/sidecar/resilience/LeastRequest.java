package dev.sidecar.resilience;

/** The fewest calls under way; among equals the first from a random place, so that they share. */
final class LeastRequest implements Balancer {

    private final Dice dice;

    LeastRequest(Dice dice) {
        this.dice = dice;
    }

    @Override
    public int choose(Member[] members, int choices, long key, long now) {
        int from = (int) (dice.roll() * choices);
        int best = from;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < choices; i++) {
            int at = (from + i) % choices;
            int running = members[at].running.get();
            if (running < fewest) {
                fewest = running;
                best = at;
            }
        }
        return best;
    }
}
