package dev.sidecar.resilience;

import dev.sidecar.SidecarException;

/**
 * How neighbours are called by name, and how that goes: to be read. Calls themselves take the ways of an application:
 * its HTTP client in library delivery, the ambassador in sidecar delivery. Thread-safe.
 */
public interface Resilience {

    /** Every upstream that was called or is routed to, ordered by name. */
    ResilienceReport report();

    /**
     * One upstream; of a service that was never called, how it would be.
     *
     * @throws SidecarException {@code invalid-name}
     */
    UpstreamReport upstream(String name);
}
