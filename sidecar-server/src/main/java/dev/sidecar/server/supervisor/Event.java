package dev.sidecar.server.supervisor;

import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.WatchdogAction;

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

    /**
     * The watchdog wants the application to be ended.
     *
     * @param pid the process it is about; a later one is not to suffer for it
     * @param action RESTART or EXIT
     * @param signalled whether it was sent a signal that may end it
     */
    record Tripped(long pid, WatchdogAction action, Cause cause, String detail, boolean signalled) implements Event {}

    /** No request from outside runs any more, or those that do have had their time. */
    record InboundEnded() implements Event {}
}
