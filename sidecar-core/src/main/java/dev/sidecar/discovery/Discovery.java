package dev.sidecar.discovery;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Register, find and watch instances of services. Thread-safe.
 *
 * <p>Reads never fail because the registry cannot be read: they answer with the last known list and
 * {@code staleSince}. To stay registered, see {@link Registrar}.
 */
public interface Discovery {

    /**
     * Registers an instance or renews its lease; a second registration of the same service and instance
     * replaces the first.
     *
     * @throws SidecarException {@code registry-unavailable} when it could not be written
     */
    ServiceInstance register(Registration registration);

    /** Ends a lease. Returns whether there was one. */
    boolean deregister(String service, String instance);

    ServiceList services();

    /** The instances of a service; an unknown service has an empty list. */
    ServiceInstances instances(String service);

    /**
     * Waits for the list to differ from the one that had this index.
     *
     * <p>Services without an instance share one index: who waits for the first one may get an empty list once more, when
     * another service lost its last one, and waits again.
     *
     * @param index from an earlier answer; one that is not current is answered at once
     * @param wait how long at the most, then the current list is the answer
     */
    CompletableFuture<ServiceInstances> changed(String service, long index, Duration wait);

    /**
     * Calls the listener with the current list and again after each change, one call at a time. Changes that
     * follow each other quickly may arrive as one.
     */
    Subscription watch(String service, Consumer<ServiceInstances> listener);
}
