package dev.sidecar.tck.health;

import dev.sidecar.health.CheckBuilder;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckType;
import java.time.Duration;

/** Where the definitions of the clauses begin: fast enough for a test. */
final class Check {

    static final Duration QUICK = Duration.ofMillis(100);

    private Check() {}

    static CheckBuilder of(String name, CheckType type) {
        return CheckDefinition.of(name, type);
    }

    /** A ttl check that never falls silent within a test. */
    static CheckBuilder ttl(String name) {
        return CheckDefinition.ttl(name, Duration.ofMinutes(5)).fall(1);
    }

    static CheckBuilder http(String name, String url) {
        return CheckDefinition.http(name, url).interval(QUICK);
    }

    static CheckBuilder exec(String name, String... command) {
        return CheckDefinition.exec(name, command).interval(QUICK);
    }
}
