package dev.sidecar.server.compare;

/**
 * How much is measured.
 *
 * @param rounds each measures every operation in every way once
 * @param warmupMillis of each operation in each way before the first round, back to back
 * @param pacedMillis of each operation in each way in a round, at its rate
 * @param backToBackMillis the same without pauses
 * @param starts of each way, to time the start
 * @param experimentSeconds of one blast-radius run, if nothing takes longer; 0 for none
 * @param blockSeconds how long the feature blocks in it
 * @param spinSeconds how long it spins
 * @param mostSeconds for everything, by doing fewer rounds where the machine is slow; 0 for as long as it takes
 */
record Plan(
        String name,
        int rounds,
        int warmupMillis,
        int pacedMillis,
        int backToBackMillis,
        int starts,
        int experimentSeconds,
        int blockSeconds,
        int spinSeconds,
        int mostSeconds) {

    static final Plan QUICK = new Plan("quick", 5, 200, 100, 50, 1, 4, 30, 2, 100);
    static final Plan STANDARD = new Plan("standard", 8, 1500, 500, 200, 5, 10, 30, 5, 0);
    static final Plan THOROUGH = new Plan("thorough", 30, 3000, 1000, 400, 10, 30, 30, 20, 0);

    /** Before a fault, to see what was usual. */
    static final int BEFORE_MILLIS = 1500;

    /** Of one experiment, if all recover at once. */
    int millis(Fault fault) {
        int least = 1000 * experimentSeconds;
        return switch (fault) {
            case BLOCK -> Math.max(least, BEFORE_MILLIS + 1000 * blockSeconds + 500);
            case SPIN -> Math.max(least, BEFORE_MILLIS + 1000 * spinSeconds + 500);
            default -> least;
        };
    }

    /** How long the fault itself lasts; 0 where that is not ours to say. */
    int seconds(Fault fault) {
        return switch (fault) {
            case BLOCK -> blockSeconds;
            case SPIN -> spinSeconds;
            default -> 0;
        };
    }

    Deadline deadline() {
        return Deadline.in(mostSeconds);
    }
}
