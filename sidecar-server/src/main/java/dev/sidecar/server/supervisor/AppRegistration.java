package dev.sidecar.server.supervisor;

import dev.sidecar.Subscription;
import dev.sidecar.discovery.Registrar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckType;
import dev.sidecar.health.Health;
import dev.sidecar.health.HealthGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The application in the registry: from its first passing readiness check until it ends. Thread-safe. */
final class AppRegistration {

    private final Registrar registrar;
    private final Health health;
    private final Optional<Registration> wish;
    private final List<CheckDefinition> checks;
    private @Nullable Subscription kept;
    private boolean withdrawnForGood;

    /**
     * Defines the check {@code app}, a connection to the application's port, where no other decides on readiness.
     *
     * @param wish what to register; empty where the application's port is not known, or it is not to be registered
     * @param checks of the configuration
     */
    AppRegistration(Registrar registrar, Health health, Optional<Registration> wish, List<CheckDefinition> checks) {
        this.registrar = registrar;
        this.health = health;
        this.wish = wish;
        this.checks = checks;
    }

    /** The application runs from now on: what earlier checks said of another process does not count. */
    synchronized void begin() {
        if (withdrawnForGood) {
            return;
        }
        for (CheckDefinition check : checks) {
            health.remove(check.name());
            health.define(check);
        }
        wish.ifPresent(registration -> kept = registrar.keep(registration));
    }

    /** Takes it out of the registry at once. */
    synchronized void withdraw() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }

    /** The same, and {@link #begin()} has no effect any more. */
    synchronized void withdrawForGood() {
        withdrawnForGood = true;
        withdraw();
    }

    /** The configured checks, or these and a connection to the port where none of them decides on readiness. */
    static List<CheckDefinition> withDefault(List<CheckDefinition> configured, @Nullable String address) {
        boolean decided = configured.stream()
                .anyMatch(check -> check.groups() == null || check.groups().contains(HealthGroup.READY));
        if (decided || address == null) {
            return configured;
        }
        CheckDefinition connect = new CheckDefinition(
                "app",
                CheckType.TCP,
                Set.of(HealthGroup.READY),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                address,
                null,
                null,
                null,
                null);
        return Stream.concat(configured.stream(), Stream.of(connect)).toList();
    }
}
