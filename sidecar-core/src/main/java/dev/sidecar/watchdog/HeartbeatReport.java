package dev.sidecar.watchdog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeats of the application.
 *
 * @param timeoutMs how long it may be silent; null where no heartbeat is demanded
 * @param count since this process started
 * @param lastAt when the last one came; null before the first
 * @param dueInMs until the next one is due, negative when it is late; null where none is due
 */
public record HeartbeatReport(@Nullable Long timeoutMs, long count, @Nullable Instant lastAt, @Nullable Long dueInMs) {}
