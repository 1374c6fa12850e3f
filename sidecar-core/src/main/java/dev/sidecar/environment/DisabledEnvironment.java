package dev.sidecar.environment;

import dev.sidecar.SidecarException;

/** What is there when the feature is switched off. */
final class DisabledEnvironment implements Environment {

    @Override
    public EnvironmentFacts facts() {
        throw SidecarException.notFound(DISABLED, "sidecar.environment.enabled is false; set it to true for facts");
    }
}
