package dev.sidecar.server.compare;

/**
 * Memory of one process, or of several.
 *
 * @param rssBytes all that is resident
 * @param pssBytes shared pages divided by those who share them: what sums up over processes
 * @param privateBytes what would be free if it ended
 * @param sharedBytes pages others have mapped too
 */
record Memory(long rssBytes, long pssBytes, long privateBytes, long sharedBytes) {

    static final Memory NONE = new Memory(0, 0, 0, 0);

    Memory plus(Memory other) {
        return new Memory(
                rssBytes + other.rssBytes,
                pssBytes + other.pssBytes,
                privateBytes + other.privateBytes,
                sharedBytes + other.sharedBytes);
    }
}
