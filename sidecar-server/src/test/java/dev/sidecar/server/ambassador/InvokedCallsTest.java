package dev.sidecar.server.ambassador;

import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.testing.RunningServer;
import dev.sidecar.tck.DeliveredBy;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Calls through the API of a sidecar keep the promises that calls of the library keep. */
@DeliveredBy("invoke")
class InvokedCallsTest implements ServedCalls {

    @TempDir
    static Path home;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = ServedCalls.start(home, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public RunningServer server() {
        return server;
    }

    @Override
    public SidecarHome home() {
        return new SidecarHome(home);
    }

    @Override
    public HttpRequest.Builder request(String service, String path) {
        return server.api("/v1/invoke/" + service + path);
    }
}
