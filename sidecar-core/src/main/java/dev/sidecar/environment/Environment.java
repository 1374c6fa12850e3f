package dev.sidecar.environment;

import dev.sidecar.SidecarUnavailableException;

/** Where the application runs. Implementations are thread-safe. */
public interface Environment {

    /** The code of the refusal when {@code sidecar.environment.enabled} is false; status 404. */
    String DISABLED = "environment-disabled";

    /**
     * As things are now; what cannot be found out is null.
     *
     * @throws SidecarUnavailableException when the sidecar beside this process never answered; later its last answer
     *     is given
     * @throws dev.sidecar.SidecarException {@link #DISABLED}
     */
    EnvironmentFacts facts();
}
