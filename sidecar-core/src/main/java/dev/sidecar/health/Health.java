package dev.sidecar.health;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Define checks and ask how the instance is. Thread-safe. */
public interface Health {

    /** All checks. */
    HealthReport report();

    /** The checks of one group. */
    HealthReport report(HealthGroup group);

    /** One check, if it is defined. */
    Optional<CheckState> check(String name);

    /**
     * Defines a check or replaces it. Replacing it by an equal definition keeps its state.
     *
     * @throws SidecarException {@code invalid-check}
     */
    CheckState define(CheckDefinition definition);

    /** Returns whether there was one. */
    boolean remove(String name);

    /**
     * The application's word on a ttl check.
     *
     * @param status UP, DEGRADED or DOWN
     * @throws SidecarException {@code unknown-check}, {@code not-a-ttl-check}
     */
    CheckState push(String name, HealthStatus status, @Nullable String output);

    Maintenance maintenance(boolean enabled, @Nullable String reason);

    /** Calls the listener with the full report and again after each change of a status, one call at a time. */
    Subscription watch(Consumer<HealthReport> listener);
}
