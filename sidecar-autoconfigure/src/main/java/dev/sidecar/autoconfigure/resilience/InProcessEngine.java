package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarMeters;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.ResilienceOptions;

/** The engine that decides for this process's own HTTP clients: Sidecar's in library delivery, else one beside it. */
final class InProcessEngine implements AutoCloseable {

    private final LocalResilience engine;
    private final boolean own;

    InProcessEngine(Sidecar sidecar, ResilienceOptions options, SidecarMeters meters) {
        this.own = !(sidecar.resilience() instanceof LocalResilience);
        this.engine = sidecar.resilience() instanceof LocalResilience local
                ? local
                : LocalResilience.start(sidecar.discovery(), options, meters.registry());
    }

    LocalResilience engine() {
        return engine;
    }

    @Override
    public void close() {
        if (own) {
            engine.close();
        }
    }
}
