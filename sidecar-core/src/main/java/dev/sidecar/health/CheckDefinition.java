package dev.sidecar.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check as an operator writes it. Everything but {@code name} and {@code type} may be null: then the default
 * holds, which {@link #withDefaults()} fills in.
 *
 * @param name unique within the instance
 * @param groups which questions it helps to answer; default: ready. Empty: shown, gates nothing
 * @param critical whether a failure means DOWN (default) or DEGRADED
 * @param interval from start to start; default 5s
 * @param timeout default 1s
 * @param rise passes in a row until UP; default 1
 * @param fall failures in a row until DOWN; default 3
 * @param startPeriod failures within this time after definition do not count until the first pass; default 0s
 * @param url of an http check
 * @param headers sent by an http check
 * @param expectedStatus of an http check
 * @param address {@code host:port} of a tcp or grpc check
 * @param command program and arguments of an exec check; no shell is involved
 * @param service asked about by a grpc check; default: the server as a whole
 * @param ttl of a ttl check: silent for longer is a failure
 * @param pid of a process check
 */
public record CheckDefinition(
        String name,
        CheckType type,
        @Nullable Set<HealthGroup> groups,
        @Nullable Boolean critical,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Integer rise,
        @Nullable Integer fall,
        @Nullable Duration startPeriod,
        @Nullable String url,
        @Nullable Map<String, String> headers,
        @Nullable Integer expectedStatus,
        @Nullable String address,
        @Nullable List<String> command,
        @Nullable String service,
        @Nullable Duration ttl,
        @Nullable Long pid) {}
