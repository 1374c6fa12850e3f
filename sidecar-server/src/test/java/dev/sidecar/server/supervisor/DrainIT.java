package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.RawHttp;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Out of traffic first, then out of the world. */
class DrainIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final WebApp app = WebApp.onFreePort();
    private SidecarProcess sidecar;
    private RawHttp api;

    @BeforeEach
    void startAndRegister() {
        sidecar = SidecarProcess.run(directory, "shop", app.command())
                .args("--app-port", Integer.toString(app.port()))
                .set("sidecar.shutdown.propagation", "2s")
                .start();
        api = RawHttp.unix(sidecar.socket());
        await().atMost(SOON).until(() -> instances() == 1);
        api.get("/v1/health/ready").expect(200);
    }

    @AfterEach
    void end() {
        sidecar.close();
    }

    @Test
    void aDrainTakesTheInstanceOutOfTrafficAndLeavesTheApplicationRunning() {
        api.post("/v1/drain", "application/json", "{}").expect(202);

        assertThat(instances()).isZero();
        assertThat(api.get("/v1/health/ready").expect(503).json().path("status").asString())
                .isEqualTo("OUT_OF_SERVICE");
        api.get("/v1/health/live").expect(200);
        assertThat(state()).isEqualTo("draining");
        assertThat(app.serves()).isTrue();

        api.post("/v1/shutdown", "application/json", "{}").expect(202);
        assertThat(sidecar.awaitExit(SOON)).isEqualTo(143);
    }

    @Test
    void aStopDrainsFirstAndWaitsUntilOthersKnow() {
        long began = System.nanoTime();
        sidecar.terminate();

        await().atMost(Duration.ofSeconds(1)).until(() -> state().equals("draining") && instances() == 0);
        api.get("/v1/health/ready").expect(503);
        assertThat(app.serves()).as("during the propagation").isTrue();

        assertThat(sidecar.awaitExit(SOON)).isEqualTo(143);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
    }

    private int instances() {
        return api.get("/v1/services/shop?healthy=true")
                .expect(200)
                .json()
                .path("instances")
                .size();
    }

    private String state() {
        return api.get("/v1").expect(200).json().path("state").asString();
    }
}
