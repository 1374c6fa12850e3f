package dev.sidecar.server.conformance;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.EveryContract;
import dev.sidecar.tck.Setup;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@DeliveredBy("library")
class LibraryConformanceIT implements EveryContract {

    @TempDir
    static Path directory;

    private static LocalSidecar sidecar;

    @BeforeAll
    static void start() {
        sidecar = Setup.library(directory);
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    @Override
    public Sidecar sidecar() {
        return sidecar;
    }

    @Override
    public SidecarHome home() {
        return new SidecarHome(directory);
    }
}
