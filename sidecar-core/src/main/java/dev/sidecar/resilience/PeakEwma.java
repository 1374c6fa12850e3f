package dev.sidecar.resilience;

/** Of two at random the one that costs less. Two choices spread nearly as well as all, and no herd follows the best. */
final class PeakEwma implements Balancer {

    private final Dice dice;

    PeakEwma(Dice dice) {
        this.dice = dice;
    }

    @Override
    public int choose(Member[] members, int choices, long key, long now) {
        int one = (int) (dice.roll() * choices);
        int other = (one + 1 + (int) (dice.roll() * (choices - 1))) % choices;
        return members[other].cost(now) < members[one].cost(now) ? other : one;
    }
}
