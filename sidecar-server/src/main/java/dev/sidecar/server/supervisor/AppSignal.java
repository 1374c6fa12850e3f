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
    KILL(9),
    /** Ends a process with a core dump; only ever sent, never caught. */
    ABRT(6),
    /** Makes a virtual machine print its threads; only ever sent, never caught. */
    QUIT(3);

    private final int number;

    AppSignal(int number) {
        this.number = number;
    }

    /** Whether this process can be told by it. */
    boolean isCaught() {
        return this != KILL && this != ABRT && this != QUIT;
    }

    public int number() {
        return number;
    }
}
