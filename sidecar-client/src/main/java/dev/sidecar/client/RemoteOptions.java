package dev.sidecar.client;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a sidecar.
 *
 * @param token for TCP; a Unix socket needs none
 * @param connectTimeout for a connection to come up
 * @param timeout for a whole call, not counting what a blocking read asked to wait
 */
public record RemoteOptions(
        Endpoint endpoint, @Nullable String token, Duration connectTimeout, Duration timeout, MeterRegistry meters) {}
