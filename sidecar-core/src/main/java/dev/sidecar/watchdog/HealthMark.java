package dev.sidecar.watchdog;

import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import java.time.Duration;

/** A check of our own, defined when there is first something to say. Thread-safe. */
final class HealthMark {

    private final Health health;
    private final CheckDefinition definition;
    private boolean defined;

    HealthMark(Health health, String name, HealthGroup... groups) {
        this.health = health;
        this.definition =
                CheckDefinition.ttl(name, Duration.ofDays(30)).groups(groups).build();
    }

    String name() {
        return definition.name();
    }

    synchronized void define() {
        if (!defined) {
            health.define(definition);
            defined = true;
        }
    }

    synchronized void say(HealthStatus status, String output) {
        define();
        health.push(definition.name(), status, output);
    }

    synchronized void sayIfDefined(HealthStatus status, String output) {
        if (defined) {
            say(status, output);
        }
    }

    synchronized void remove() {
        if (defined) {
            defined = false;
            health.remove(definition.name());
        }
    }
}
