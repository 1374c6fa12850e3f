package dev.sidecar.watchdog;

import java.time.Duration;

/** What an application says of itself, in the meaning of sd_notify(3). */
public sealed interface Notice {

    /** {@code WATCHDOG=1}, or a heartbeat by HTTP. */
    record Heartbeat() implements Notice {}

    /** {@code WATCHDOG=trigger}: something is wrong, act at once. */
    record Trigger() implements Notice {}

    /** {@code READY=1}, {@code RELOADING=1}, {@code STOPPING=1}. */
    record Phase(AppPhase phase) implements Notice {}

    /** {@code STATUS=}. */
    record Status(String text) implements Notice {}

    /** {@code WATCHDOG_USEC=}: another timeout from now on; zero demands no heartbeat any more. */
    record Timeout(Duration timeout) implements Notice {}

    /** {@code EXTEND_TIMEOUT_USEC=}: whatever is due is not due before this. */
    record Extend(Duration by) implements Notice {}

    /** {@code MAINPID=}. */
    record MainPid(long pid) implements Notice {}

    /** {@code ERRNO=}. */
    record Errno(int errno) implements Notice {}
}
