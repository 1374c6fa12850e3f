package dev.sidecar.server.compare;

/**
 * How much is measured.
 *
 * @param rounds each measures every operation in every way once
 * @param warmupMillis of each operation in each way before the first round, back to back
 * @param pacedMillis of each operation in each way in a round, at its rate
 * @param backToBackMillis the same without pauses
 * @param starts of each way, to time the start
 * @param experimentSeconds of one blast-radius run; 0 for none
 * @param faultSeconds how long the feature blocks or spins in it
 */
record Plan(
        String name,
        int rounds,
        int warmupMillis,
        int pacedMillis,
        int backToBackMillis,
        int starts,
        int experimentSeconds,
        int faultSeconds) {

    static final Plan QUICK = new Plan("quick", 5, 250, 100, 50, 1, 6, 3);
    static final Plan STANDARD = new Plan("standard", 10, 1500, 400, 200, 5, 50, 30);
    static final Plan THOROUGH = new Plan("thorough", 30, 3000, 1000, 400, 10, 70, 30);
}
