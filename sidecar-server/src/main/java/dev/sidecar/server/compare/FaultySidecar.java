package dev.sidecar.server.compare;

import dev.sidecar.server.SidecarMain;
import dev.sidecar.server.compare.probe.Faults;

/** The sidecar, with a feature inside that breaks when it is told to. Only experiments start it. */
final class FaultySidecar {

    private FaultySidecar() {}

    public static void main(String[] args) {
        Faults.start();
        SidecarMain.main(args);
    }
}
