package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsServer;
import dev.sidecar.server.testing.Pki;
import dev.sidecar.server.testing.Pki.Issued;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neighbours that are called by TLS: who they are is verified. */
class AmbassadorTlsTest {

    @TempDir
    Path directory;

    private Pki pki;
    private Pki strangers;
    private HttpsServer neighbour;
    private HttpsServer strict;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        pki = new Pki(directory, "ours");
        strangers = new Pki(directory, "strangers");
        Issued shown = pki.issue("neighbour", "ec", "DNS:neighbour.example");
        Issued own = pki.issue("client", "rsa:2048", "DNS:client.example");
        neighbour = pki.serve(shown, false);
        strict = pki.serve(shown, true);
        Files.copy(strangers.ca(), directory.resolve("changing.pem"));
        String verified = "https://127.0.0.1:" + neighbour.getAddress().getPort();
        String mutual = "https://127.0.0.1:" + strict.getAddress().getPort();
        server = RunningServer.start(
                directory.resolve("home"),
                "sidecar.ambassador.port=0",
                "sidecar.ambassador.routes.usual.urls=" + verified,
                "sidecar.ambassador.routes.known.urls=" + verified,
                "sidecar.ambassador.routes.known.tls.ca=" + pki.ca(),
                "sidecar.ambassador.routes.known.tls.server-name=neighbour.example",
                "sidecar.ambassador.routes.misnamed.urls=" + verified,
                "sidecar.ambassador.routes.misnamed.tls.ca=" + pki.ca(),
                "sidecar.ambassador.routes.blind.urls=" + verified,
                "sidecar.ambassador.routes.blind.tls.verify=false",
                "sidecar.ambassador.routes.anonymous.urls=" + mutual,
                "sidecar.ambassador.routes.anonymous.tls.verify=false",
                "sidecar.ambassador.routes.mutual.urls=" + mutual,
                "sidecar.ambassador.routes.mutual.tls.ca=" + pki.ca(),
                "sidecar.ambassador.routes.mutual.tls.server-name=neighbour.example",
                "sidecar.ambassador.routes.mutual.tls.certificate=" + own.certificate(),
                "sidecar.ambassador.routes.mutual.tls.key=" + own.key(),
                "sidecar.ambassador.routes.changing.urls=" + verified,
                "sidecar.ambassador.routes.changing.tls.ca=" + directory.resolve("changing.pem"),
                "sidecar.ambassador.routes.changing.tls.server-name=neighbour.example");
    }

    @AfterEach
    void stop() {
        server.close();
        neighbour.stop(0);
        strict.stop(0);
    }

    private String get(String route) throws Exception {
        URI url = URI.create(server.bean(Ambassador.class).url() + "/" + route + "/");
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
        return answer.statusCode()
                + answer.headers()
                        .firstValue("Sidecar-Reason")
                        .map(r -> " " + r)
                        .orElse("");
    }

    @Test
    void verifiesTheNeighbourUnlessToldNotTo() throws Exception {
        assertThat(get("usual")).isEqualTo("502 upstream-tls-error");
        assertThat(get("misnamed")).isEqualTo("502 upstream-tls-error");
        assertThat(get("known")).isEqualTo("204");
        assertThat(get("blind")).isEqualTo("204");
    }

    @Test
    void showsItsOwnCertificateToWhoWantsOne() throws Exception {
        assertThat(get("mutual")).isEqualTo("204");
        assertThat(get("anonymous")).startsWith("502 ");
    }

    @Test
    void trustsWhatTheFileSaysNow() throws Exception {
        assertThat(get("changing")).isEqualTo("502 upstream-tls-error");

        Files.copy(pki.ca(), directory.resolve("changing.pem"), StandardCopyOption.REPLACE_EXISTING);

        await().atMost(Duration.ofSeconds(10)).until(() -> get("changing").equals("204"));
    }
}
