package dev.sidecar.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check as an operator writes it. Everything but {@code name} and {@code type} may be null: then the default
 * holds, which {@link #withDefaults()} fills in. Values are looked at when the check is defined.
 *
 * @param name unique within the instance
 * @param groups which questions it helps to answer; default: ready. Empty: shown, gates nothing
 * @param critical whether a failure means DOWN (default) or DEGRADED
 * @param interval from start to start, 10ms to 1d; default 5s
 * @param timeout of a whole run, 1ms to 1h; default 1s
 * @param rise passes in a row until UP; default 1
 * @param fall failures in a row until DOWN; default 3
 * @param startPeriod failures within this time after definition do not count until the first pass; default 0s
 * @param url of an http check
 * @param headers sent by an http check
 * @param expectedStatus of an http check; default: any 2xx or 3xx
 * @param address {@code host:port} of a tcp or grpc check
 * @param command program and arguments of an exec check; no shell is involved
 * @param service asked about by a grpc check; default: the server as a whole
 * @param ttl of a ttl check, 10ms to 30d: silent for longer is a failure
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
        @Nullable Long pid) {

    // Copied without judging: a null inside is refused with a better message when the check is defined.
    public CheckDefinition {
        groups = groups == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(groups));
        headers = headers == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        command = command == null ? null : Collections.unmodifiableList(new ArrayList<>(command));
    }

    /** A check of any type, what it needs yet to be given. */
    public static CheckBuilder of(String name, CheckType type) {
        return new CheckBuilder(name, type);
    }

    /** A check that gets a URL. */
    public static CheckBuilder http(String name, String url) {
        return new CheckBuilder(name, CheckType.HTTP).url(url);
    }

    /** A check that connects to {@code host:port}. */
    public static CheckBuilder tcp(String name, String address) {
        return new CheckBuilder(name, CheckType.TCP).address(address);
    }

    /** A check that runs a program. */
    public static CheckBuilder exec(String name, String... command) {
        return new CheckBuilder(name, CheckType.EXEC).command(List.of(command));
    }

    /** A check that asks a gRPC server at {@code host:port}. */
    public static CheckBuilder grpc(String name, String address) {
        return new CheckBuilder(name, CheckType.GRPC).address(address);
    }

    /** A check whose result the application pushes. */
    public static CheckBuilder ttl(String name, Duration ttl) {
        return new CheckBuilder(name, CheckType.TTL).ttl(ttl);
    }

    /** A check that a process is alive. */
    public static CheckBuilder process(String name, long pid) {
        return new CheckBuilder(name, CheckType.PROCESS).pid(pid);
    }

    /** The same check by another name. */
    public CheckDefinition named(String name) {
        return CheckBuilder.like(this, name).build();
    }

    /** The same check with every default that holds for all types written out. */
    public CheckDefinition withDefaults() {
        return CheckBuilder.like(this, name)
                .groups(Objects.requireNonNullElse(groups, Set.of(HealthGroup.READY)))
                .critical(Objects.requireNonNullElse(critical, true))
                .interval(Objects.requireNonNullElse(interval, Duration.ofSeconds(5)))
                .timeout(Objects.requireNonNullElse(timeout, Duration.ofSeconds(1)))
                .rise(Objects.requireNonNullElse(rise, 1))
                .fall(Objects.requireNonNullElse(fall, 3))
                .startPeriod(Objects.requireNonNullElse(startPeriod, Duration.ZERO))
                .build();
    }

    /** Without what may be secret: URL, headers and command are only named. */
    @Override
    public String toString() {
        return "CheckDefinition[name=" + name + ", type=" + type + "]";
    }
}
