package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import java.util.function.UnaryOperator;

/** An instance a {@link Registrar} keeps registered. Thread-safe. Closing withdraws it before it returns. */
public interface KeptRegistration extends Subscription {

    /** What should be registered. */
    Registration registration();

    /** Whether it was in the registry when last looked at. */
    boolean registered();

    /**
     * Changes what should be registered, such as {@code kept.update(r -> r.withHealthy(false))}; the registry
     * follows soon after.
     *
     * @throws IllegalArgumentException when the change gives it another service or instance
     */
    void update(UnaryOperator<Registration> change);
}
