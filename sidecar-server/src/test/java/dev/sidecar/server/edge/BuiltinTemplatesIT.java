package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.server.testing.Pki;
import dev.sidecar.server.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user who writes no template gets from either proxy: several services, TLS, files, a status page. */
class BuiltinTemplatesIT {

    private final int tls = Backends.freePort();

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private Pki pki;
    private Pki.Issued certificate;
    private HttpClient client;

    @BeforeEach
    void prepare() {
        pki = new Pki(directory, "edge");
        certificate = pki.issue("localhost", "rsa:2048", "DNS:localhost,IP:127.0.0.1");
        client = HttpClient.newBuilder().sslContext(pki.context(null)).build();
    }

    @Test
    void nginxServesServicesByPathOverTlsWithFilesAndStatus() throws Exception {
        Path files = Files.createDirectory(directory.resolve("files"));
        Files.writeString(files.resolve("a.txt"), "a file");
        try (RealNginx nginx = new RealNginx(directory)) {
            nginx.start();
            try (RunningServer server = RunningServer.start(
                            home,
                            nginx.properties(
                                    "sidecar.edge.web.services=orders,stock",
                                    "sidecar.edge.web.tls.certificate=" + certificate.certificate(),
                                    "sidecar.edge.web.tls.key=" + certificate.key(),
                                    "sidecar.edge.web.tls.listen=127.0.0.1:" + tls,
                                    "sidecar.edge.web.static[0].path=/files/",
                                    "sidecar.edge.web.static[0].root=" + files));
                    Backends orders = new Backends(server.bean(Sidecar.class), "orders");
                    Backends stock = new Backends(server.bean(Sidecar.class), "stock")) {
                orders.add("o");
                stock.add("s");
                awaitBothServices("http://127.0.0.1:" + nginx.port);
                assertThat(get("https://localhost:" + tls + "/orders/x").body()).isEqualTo("o");
                assertThat(get("https://localhost:" + tls + "/files/a.txt").body())
                        .isEqualTo("a file");
                assertThat(get("http://127.0.0.1:" + nginx.status + "/status").body())
                        .contains("Active connections");

                // A service without instances does not take the others with it.
                stock.withdraw("s");
                server.send(server.api("/v1/edge/web/apply?force=true").POST(HttpRequest.BodyPublishers.noBody()));
                assertThat(get("http://127.0.0.1:" + nginx.port + "/stock/x").statusCode())
                        .isEqualTo(503);
                assertThat(get("http://127.0.0.1:" + nginx.port + "/orders/x").body())
                        .isEqualTo("o");
            }
        }
    }

    @Test
    void haproxyServesServicesByPathOverTls() throws Exception {
        Path both = Files.writeString(
                directory.resolve("both.pem"),
                Files.readString(certificate.certificate()) + Files.readString(certificate.key()));
        Path config = directory.resolve("haproxy.cfg");
        int port = Backends.freePort();
        String prefix = "sidecar.edge.lb.";
        try (RunningServer server = RunningServer.start(
                        home,
                        prefix + "driver=haproxy",
                        prefix + "services=orders,stock",
                        prefix + "destination=" + config,
                        prefix + "listen=127.0.0.1:" + port,
                        prefix + "tls.certificate=" + both,
                        prefix + "tls.listen=127.0.0.1:" + tls,
                        prefix + "start=haproxy,-W,-S," + directory.resolve("master.sock") + ",-f," + config);
                Backends orders = new Backends(server.bean(Sidecar.class), "orders");
                Backends stock = new Backends(server.bean(Sidecar.class), "stock")) {
            orders.add("o");
            stock.add("s");
            awaitBothServices("http://127.0.0.1:" + port);
            assertThat(get("https://localhost:" + tls + "/stock/x").body()).isEqualTo("s");
        }
    }

    private void awaitBothServices(String url) {
        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .until(() -> get(url + "/orders/x").body().equals("o")
                        && get(url + "/stock/x").body().equals("s"));
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
