package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose the proxy is: of the sidecar as its application, or beside it; and what becomes of it when that is killed. */
class OwnedProxyIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private RealNginx nginx;
    private int app;

    @BeforeEach
    void prepare() {
        nginx = new RealNginx(directory);
        app = Backends.freePort();
    }

    @Test
    void nginxIsTheApplication() throws Exception {
        try (SidecarProcess sidecar =
                launch("nginx", "-c", nginx.config().toString()).awaitReady()) {
            register(sidecar);
            await().atMost(SOON).until(() -> state(sidecar).equals("confirmed"));
            assertThat(get("http://127.0.0.1:" + nginx.port + "/").statusCode())
                    .as("nobody listens there")
                    .isEqualTo(502);
            sidecar.terminate();
            sidecar.awaitExit(SOON);
        }
        await().atMost(SOON).until(() -> !serves());
    }

    @Test
    void nginxBesideTheApplicationOutlivesAKilledSidecarAndEndsWithTheNextOne() throws Exception {
        String[] start = {"sidecar.edge.web.start", "nginx,-c," + nginx.config()};
        try (SidecarProcess first = launch(start, "sleep", "600").awaitReady()) {
            register(first);
            await().atMost(SOON).until(() -> state(first).equals("confirmed"));
            assertThat(new ProcessBuilder("kill", "-KILL", String.valueOf(first.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            first.awaitExit(SOON);
        }
        assertThat(serves()).isTrue();
        long master = nginx.pid();

        try (SidecarProcess second = launch(start, "sleep", "600").awaitReady()) {
            await().atMost(SOON).until(() -> List.of("confirmed", "held").contains(state(second)));
            assertThat(nginx.pid()).as("the same NGINX").isEqualTo(master);
            second.terminate();
            second.awaitExit(SOON);
        }
        await().atMost(SOON).until(() -> !serves());
    }

    private SidecarProcess launch(String... command) {
        return launch(new String[0], command);
    }

    private SidecarProcess launch(String[] setting, String... command) {
        SidecarProcess.Builder builder = SidecarProcess.run(directory, "gateway", List.of(command));
        for (String property : nginx.properties()) {
            int equals = property.indexOf('=');
            builder.set(property.substring(0, equals), property.substring(equals + 1));
        }
        if (setting.length > 0) {
            builder.set(setting[0], setting[1]);
        }
        return builder.start();
    }

    private void register(SidecarProcess sidecar) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(sidecar.api().resolve("/v1/services/orders/instances/a"))
                        .header("Authorization", "Bearer " + sidecar.token())
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"port\":" + app + ",\"ttl\":\"60s\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private String state(SidecarProcess sidecar) throws Exception {
        String body = client.send(
                        HttpRequest.newBuilder(sidecar.api().resolve("/v1/edge/web"))
                                .header("Authorization", "Bearer " + sidecar.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return body.replaceAll("(?s).*?\"state\":\"([^\"]+)\".*", "$1");
    }

    private boolean serves() {
        try {
            return get("http://127.0.0.1:" + nginx.status + "/generation").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String url) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
