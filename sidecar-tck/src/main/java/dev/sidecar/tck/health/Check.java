package dev.sidecar.tck.health;

import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckType;
import dev.sidecar.health.HealthGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes check definitions field by field: most of them are left to their defaults. */
final class Check {

    static final Duration QUICK = Duration.ofMillis(100);

    private final String name;
    private final CheckType type;
    private @Nullable Set<HealthGroup> groups;
    private @Nullable Boolean critical;
    private @Nullable Duration interval;
    private @Nullable Duration timeout;
    private @Nullable Integer rise;
    private @Nullable Integer fall;
    private @Nullable Duration startPeriod;
    private @Nullable String url;
    private @Nullable Map<String, String> headers;
    private @Nullable Integer expectedStatus;
    private @Nullable String address;
    private @Nullable List<String> command;
    private @Nullable Duration ttl;
    private @Nullable Long pid;

    private Check(String name, CheckType type) {
        this.name = name;
        this.type = type;
    }

    static Check of(String name, CheckType type) {
        return new Check(name, type);
    }

    /** A ttl check that never falls silent within a test. */
    static Check ttl(String name) {
        return of(name, CheckType.TTL).ttl(Duration.ofMinutes(5)).fall(1);
    }

    static Check http(String name, String url) {
        return of(name, CheckType.HTTP).url(url).interval(QUICK);
    }

    static Check exec(String name, String... command) {
        return of(name, CheckType.EXEC).command(List.of(command)).interval(QUICK);
    }

    Check groups(HealthGroup... values) {
        groups = Set.of(values);
        return this;
    }

    Check critical(boolean value) {
        critical = value;
        return this;
    }

    Check interval(Duration value) {
        interval = value;
        return this;
    }

    Check timeout(Duration value) {
        timeout = value;
        return this;
    }

    Check rise(int value) {
        rise = value;
        return this;
    }

    Check fall(int value) {
        fall = value;
        return this;
    }

    Check startPeriod(Duration value) {
        startPeriod = value;
        return this;
    }

    Check url(String value) {
        url = value;
        return this;
    }

    Check headers(Map<String, String> value) {
        headers = value;
        return this;
    }

    Check expectedStatus(int value) {
        expectedStatus = value;
        return this;
    }

    Check address(String value) {
        address = value;
        return this;
    }

    Check command(List<String> value) {
        command = value;
        return this;
    }

    Check ttl(Duration value) {
        ttl = value;
        return this;
    }

    Check pid(long value) {
        pid = value;
        return this;
    }

    CheckDefinition build() {
        return new CheckDefinition(
                name,
                type,
                groups,
                critical,
                interval,
                timeout,
                rise,
                fall,
                startPeriod,
                url,
                headers,
                expectedStatus,
                address,
                command,
                null,
                ttl,
                pid);
    }
}
