package dev.sidecar.server.supervisor;

/** The signals that mean something to the pair. */
public enum AppSignal {
    /** Ends the pair in an orderly way. */
    TERM(15),
    /** The same, from a terminal. */
    INT(2),
    HUP(1),
    USR1(10),
    USR2(12),
    WINCH(28),
    KILL(9);

    private final int number;

    AppSignal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
