package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import dev.sidecar.health.Health;

/**
 * Keeps instances registered: what should be in the registry is compared with what is, and mended.
 *
 * <p>Works on any {@link Discovery}, whichever way it is delivered.
 */
public final class Registrar implements AutoCloseable {

    public Registrar(Discovery discovery, Health health) {}

    /** Keeps the instance registered while the ready group serves, until the subscription is closed. */
    public Subscription keep(Registration registration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
