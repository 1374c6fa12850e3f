package dev.sidecar.server.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample offload-node as its README starts it, on free ports. */
class OffloadSampleIT {

    private static final Path SAMPLE = Path.of("").toAbsolutePath().getParent().resolve("samples/offload-node");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void thePageIsServedInFrontAndItsDataByTheService() throws Exception {
        int app = freePort();
        int port = freePort();
        try (SidecarProcess sidecar = SidecarProcess.run(
                        directory,
                        "clock",
                        List.of("node", SAMPLE.resolve("server.js").toString()))
                .args("--config", SAMPLE.resolve("sidecar.yml").toString(), "--app-port", String.valueOf(app))
                .set("sidecar.offload.port", String.valueOf(port))
                .workingDirectory(SAMPLE.getParent().getParent())
                .start()) {
            String url = "http://127.0.0.1:" + port;

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get(url + "/api/time").body())
                            .contains("\"askedBy\":\"127.0.0.1\"", "\"scheme\":\"http\""));
            assertThat(get(url + "/").body()).contains("What time is it?");
            HttpResponse<String> style = get(url + "/clock.css", "Range", "bytes=0-3");
            assertThat(style.statusCode()).isEqualTo(206);
            assertThat(style.body()).isEqualTo("body");
            assertThat(style.headers().firstValue("Cache-Control")).contains("max-age=3600");

            sidecar.terminate();
            assertThat(sidecar.awaitExit(Duration.ofSeconds(15))).isZero();
        }
    }

    private HttpResponse<String> get(String url, String... fields) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
