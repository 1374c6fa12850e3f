package dev.sidecar.server.supervisor;

/** What the supervisor waits for. */
sealed interface Event {

    /** The application's process ended. */
    record Exited(int code) implements Event {}

    /**
     * The pair is to end.
     *
     * @param signal what the application is to get
     */
    record Stop(AppSignal signal, String reason) implements Event {}
}
