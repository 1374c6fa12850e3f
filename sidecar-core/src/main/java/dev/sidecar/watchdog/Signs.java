package dev.sidecar.watchdog;

import dev.sidecar.Subscription;
import dev.sidecar.health.CheckState;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import dev.sidecar.health.HealthStatus;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the watchdog takes from health and gives to it: the checks of the group {@code live}, and checks of its own that
 * appear when there is something to say.
 */
final class Signs {

    private final Health health;
    private final HealthMark trouble;
    private final HealthMark readiness;
    private final boolean readyDemanded;

    Signs(Health health, WatchdogOptions options) {
        this.health = health;
        this.trouble = new HealthMark(health, "watchdog", HealthGroup.LIVE, HealthGroup.READY);
        this.readiness = new HealthMark(health, "notify", HealthGroup.READY);
        this.readyDemanded = options.enabled() && options.ready();
    }

    /** A new process has said nothing yet. */
    void begin() {
        trouble.remove();
        readiness.remove();
        if (readyDemanded) {
            readiness.define();
        }
    }

    /**
     * An application is not asked to say that it is ready, unless it was configured so. One that says that it reloads
     * or stops is believed all the same.
     */
    void phase(AppPhase phase) {
        switch (phase) {
            case READY -> {
                if (readyDemanded) {
                    readiness.say(HealthStatus.UP, "READY=1");
                } else {
                    readiness.sayIfDefined(HealthStatus.UP, "READY=1");
                }
            }
            case RELOADING -> readiness.say(HealthStatus.DOWN, "RELOADING=1");
            case STOPPING -> readiness.say(HealthStatus.DOWN, "STOPPING=1");
            case UNKNOWN -> {}
        }
    }

    void bad(String detail) {
        trouble.say(HealthStatus.DOWN, detail);
    }

    void good() {
        trouble.sayIfDefined(HealthStatus.UP, "nothing is wrong any more");
    }

    /** Calls with the failing checks in words when {@code live} becomes DOWN, and with null when it no longer is. */
    Subscription onLiveness(Consumer<@Nullable String> listener) {
        return health.watch(report -> listener.accept(dead(report)));
    }

    /** What we said ourselves is not another reason to act. */
    private @Nullable String dead(HealthReport report) {
        List<CheckState> dead = report.checks().stream()
                .filter(check -> check.groups().contains(HealthGroup.LIVE))
                .filter(check -> check.critical() && check.status() == HealthStatus.DOWN)
                .filter(check -> !check.name().equals(trouble.name()))
                .toList();
        return dead.isEmpty()
                ? null
                : "failing liveness: "
                        + dead.stream()
                                .map(check -> check.output() == null
                                        ? check.name()
                                        : check.name() + " (" + check.output() + ")")
                                .collect(Collectors.joining(", "));
    }
}
