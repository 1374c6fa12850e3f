package dev.sidecar.server.conformance;

import dev.sidecar.Sidecar;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.EveryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

@DeliveredBy("unix socket")
class UnixSocketConformanceIT implements EveryContract {

    @RegisterExtension
    static final Subject SUBJECT = new Subject();

    private static RemoteSidecar sidecar;

    @BeforeAll
    static void connect() {
        sidecar = SUBJECT.overUnixSocket();
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
        return SUBJECT.home();
    }
}
