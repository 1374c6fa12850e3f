package dev.sidecar;

import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.MeterRegistry;

/** What every local engine needs to know. */
public record LocalContext(Identity identity, SidecarHome home, MeterRegistry meters, AppRoot app) {

    /** For engines inside the application. */
    public LocalContext(Identity identity, SidecarHome home, MeterRegistry meters) {
        this(identity, home, meters, AppRoot.thisProcess());
    }
}
