package dev.sidecar.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link CheckDefinition} in code; what is left out has its default. Begun by {@link CheckDefinition#http}
 * and its like. Not thread-safe.
 */
public final class CheckBuilder {

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
    private @Nullable String service;
    private @Nullable Duration ttl;
    private @Nullable Long pid;

    CheckBuilder(String name, CheckType type) {
        this.name = name;
        this.type = type;
    }

    /** Begins with all that the other check has but its name. */
    static CheckBuilder like(CheckDefinition like, String name) {
        return new CheckBuilder(name, like.type()).copied(like);
    }

    private CheckBuilder copied(CheckDefinition like) {
        groups = like.groups();
        critical = like.critical();
        interval = like.interval();
        timeout = like.timeout();
        rise = like.rise();
        fall = like.fall();
        startPeriod = like.startPeriod();
        url = like.url();
        headers = like.headers();
        expectedStatus = like.expectedStatus();
        address = like.address();
        command = like.command();
        service = like.service();
        ttl = like.ttl();
        pid = like.pid();
        return this;
    }

    public CheckBuilder groups(HealthGroup... groups) {
        return groups(Set.of(groups));
    }

    CheckBuilder groups(Set<HealthGroup> groups) {
        this.groups = groups;
        return this;
    }

    public CheckBuilder critical(boolean critical) {
        this.critical = critical;
        return this;
    }

    public CheckBuilder interval(Duration interval) {
        this.interval = interval;
        return this;
    }

    public CheckBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    public CheckBuilder rise(int rise) {
        this.rise = rise;
        return this;
    }

    public CheckBuilder fall(int fall) {
        this.fall = fall;
        return this;
    }

    public CheckBuilder startPeriod(Duration startPeriod) {
        this.startPeriod = startPeriod;
        return this;
    }

    public CheckBuilder headers(Map<String, String> headers) {
        this.headers = headers;
        return this;
    }

    public CheckBuilder expectedStatus(int expectedStatus) {
        this.expectedStatus = expectedStatus;
        return this;
    }

    public CheckBuilder service(String service) {
        this.service = service;
        return this;
    }

    public CheckBuilder url(String url) {
        this.url = url;
        return this;
    }

    public CheckBuilder address(String address) {
        this.address = address;
        return this;
    }

    public CheckBuilder command(List<String> command) {
        this.command = command;
        return this;
    }

    public CheckBuilder ttl(Duration ttl) {
        this.ttl = ttl;
        return this;
    }

    public CheckBuilder pid(long pid) {
        this.pid = pid;
        return this;
    }

    public CheckDefinition build() {
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
                service,
                ttl,
                pid);
    }
}
