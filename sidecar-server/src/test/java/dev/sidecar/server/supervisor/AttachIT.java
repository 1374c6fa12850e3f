package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code sidecar attach}: beside an application that has a parent of its own. */
class AttachIT {

    @TempDir
    Path directory;

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void endsWithTheApplication() throws IOException, InterruptedException {
        Process app = start(List.of("sleep", "60"));
        try (SidecarProcess sidecar = SidecarProcess.attach(directory, "guarded")
                .args("--pid", Long.toString(app.pid()))
                .start()) {
            app.destroyForcibly().waitFor();

            assertThat(sidecar.awaitExit(Duration.ofSeconds(5))).isZero();
        } finally {
            app.destroyForcibly();
        }
    }

    @Test
    void registersThePortOfItsConfigurationAndLeavesTheApplicationAlone() throws IOException {
        WebApp web = WebApp.onFreePort();
        Path config = Files.writeString(directory.resolve("app.yml"), "sidecar: {app: {port: " + web.port() + "}}\n");
        Process app = start(web.command());
        try (SidecarProcess sidecar = SidecarProcess.attach(directory, "guarded")
                .args("--config", config.toString())
                .start()) {
            RawHttp api = RawHttp.unix(sidecar.socket());
            await().atMost(Duration.ofSeconds(10)).until(() -> instances(api).size() == 1);
            assertThat(instances(api).get(0).path("port").asInt()).isEqualTo(web.port());

            sidecar.terminate();

            assertThat(sidecar.awaitExit(Duration.ofSeconds(10))).isZero();
            assertThat(sidecar.home().resolve("registry")).isEmptyDirectory();
            assertThat(web.serves()).isTrue();
        } finally {
            app.destroyForcibly();
        }
    }

    private static JsonNode instances(RawHttp api) {
        return api.get("/v1/services/guarded?healthy=true").expect(200).json().path("instances");
    }
}
