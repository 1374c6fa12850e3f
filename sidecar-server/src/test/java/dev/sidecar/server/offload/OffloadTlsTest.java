package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.Pki;
import dev.sidecar.server.testing.Pki.Issued;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS in front of the application, with certificates of a real authority. */
class OffloadTlsTest {

    @TempDir
    static Path issued;

    @TempDir
    Path directory;

    private static Pki pki;
    private static Pki strangers;
    private static Issued first;
    private static Issued second;
    private static Issued shop;

    private HttpServer app;
    private RunningServer server;
    private URI url;

    @BeforeAll
    static void issue() {
        pki = new Pki(issued, "ours");
        strangers = new Pki(issued, "strangers");
        first = pki.issue("first", "rsa:2048", "IP:127.0.0.1,DNS:one.example");
        second = pki.issue("second", "ec", "IP:127.0.0.1,DNS:one.example");
        shop = pki.issue("shop", "ec", "DNS:*.shop.example,DNS:shop.example");
    }

    @BeforeEach
    void startApp() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] bytes = ("proto=" + exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        app.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        app.stop(0);
    }

    private void start(Path certificate, Path key, String... more) {
        String[] properties = new String[more.length + 4];
        properties[0] = "sidecar.offload.port=0";
        properties[1] =
                "sidecar.offload.app=http://127.0.0.1:" + app.getAddress().getPort();
        properties[2] = "sidecar.offload.tls.certificate=" + certificate;
        properties[3] = "sidecar.offload.tls.key=" + key;
        System.arraycopy(more, 0, properties, 4, more.length);
        server = RunningServer.start(directory.resolve("home"), properties);
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
        url = URI.create(server.bean(Offload.class).url());
    }

    private record Said(X509Certificate by, String protocol, RawAnswer answer) {}

    private Said get(SSLContext context, String path, String serverName, String... protocols) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            SSLParameters parameters = socket.getSSLParameters();
            if (serverName.isEmpty()) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            } else {
                parameters.setServerNames(List.of(new SNIHostName(serverName)));
            }
            if (protocols.length > 0) {
                parameters.setProtocols(protocols);
            }
            socket.setSSLParameters(parameters);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            RawAnswer answer = RawAnswer.read(socket.getInputStream());
            X509Certificate by = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return new Said(by, socket.getSession().getProtocol(), answer);
        }
    }

    private static String name(Said said) {
        return said.by().getSubjectX500Principal().getName();
    }

    @Test
    void speaksTls12And13AndNothingOlder() throws IOException {
        start(first.certificate(), first.key());

        Said said = get(pki.context(null), "/", "");
        assertThat(url.getScheme()).isEqualTo("https");
        assertThat(said.answer().text()).isEqualTo("proto=https");
        assertThat(said.protocol()).isEqualTo("TLSv1.3");
        assertThat(get(pki.context(null), "/", "", "TLSv1.2").protocol()).isEqualTo("TLSv1.2");
        assertThatThrownBy(() -> get(pki.context(null), "/", "", "TLSv1.1")).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> RawAnswer.to(url, "GET", "/")).hasMessageContaining("no head");
    }

    @Test
    void speaksHttp2WithThoseWhoAskForIt() throws Exception {
        start(first.certificate(), first.key());
        HttpClient.Builder client = HttpClient.newBuilder().sslContext(pki.context(null));
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> answer = client.version(version)
                    .build()
                    .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("proto=https");
        }
    }

    @Test
    void sendsLargeFilesEncrypted() throws IOException {
        byte[] large = new byte[2_000_000];
        new Random(2).nextBytes(large);
        Path root = Files.createDirectories(directory.resolve("public"));
        Files.write(root.resolve("large.bin"), large);
        start(
                first.certificate(),
                first.key(),
                "sidecar.offload.static[0].path=/assets",
                "sidecar.offload.static[0].root=" + root);

        assertThat(get(pki.context(null), "/assets/large.bin", "").answer().body())
                .isEqualTo(large);
    }

    @Test
    void showsTheCertificateForTheNameThatIsAskedFor() throws IOException {
        start(
                first.certificate(),
                first.key(),
                "sidecar.offload.tls.sni[0].certificate=" + shop.certificate(),
                "sidecar.offload.tls.sni[0].key=" + shop.key());

        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            assertThat(name(get(pki.context(null), "/", "shop.example", protocol)))
                    .isEqualTo("CN=shop");
            assertThat(name(get(pki.context(null), "/", "www.shop.example", protocol)))
                    .isEqualTo("CN=shop");
            assertThat(name(get(pki.context(null), "/", "one.example", protocol)))
                    .isEqualTo("CN=first");
        }
        assertThat(name(get(pki.context(null), "/", ""))).isEqualTo("CN=first");
    }

    @Test
    void turnsAwayClientsWithoutACertificateOfItsAuthority() throws IOException {
        start(first.certificate(), first.key(), "sidecar.offload.tls.client-ca=" + pki.ca());

        assertThat(get(pki.context(shop), "/", "").answer().status()).isEqualTo(200);
        assertThatThrownBy(() -> get(pki.context(null), "/", "")).isInstanceOf(IOException.class);
        Issued foreign = strangers.issue("foreign", "ec", "DNS:foreign.example");
        assertThatThrownBy(() -> get(pki.context(foreign), "/", "")).isInstanceOf(IOException.class);
    }

    @Test
    void changesItsCertificateUnderLoadWithoutAFailedRequest() throws Exception {
        Path certificate = Files.copy(first.certificate(), directory.resolve("tls.pem"));
        Path key = Files.copy(first.key(), directory.resolve("tls.key"));
        start(certificate, key);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                try {
                    assertThat(get(pki.context(null), "/", "").answer().status())
                            .isEqualTo(200);
                    served.incrementAndGet();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        await().until(() -> served.get() > 5);

        Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        int before = served.get();
        await().atMost(Duration.ofSeconds(10)).until(() -> served.get() > before + 20);
        assertThat(name(get(pki.context(null), "/", "")))
                .as("as long as the key is another one's")
                .isEqualTo("CN=first");
        Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> name(get(pki.context(null), "/", "")).equals("CN=second"));

        Files.writeString(key, "nonsense");
        Files.delete(certificate);
        int then = served.get();
        await().atMost(Duration.ofSeconds(10)).until(() -> served.get() > then + 20);
        assertThat(name(get(pki.context(null), "/", ""))).isEqualTo("CN=second");
        over.set(true);
        load.get();
    }

    @Test
    void doesNotStartWithAKeyThatIsNotTheCertificates() {
        assertThatThrownBy(() -> start(first.certificate(), second.key()))
                .hasStackTraceContaining("sidecar.offload.tls: the key in " + second.key()
                        + " is not the one of the certificate in " + first.certificate());
        assertThatThrownBy(() -> start(first.key(), first.key()))
                .hasStackTraceContaining("sidecar.offload.tls: " + first.key());
        assertThatThrownBy(() -> start(directory.resolve("none.pem"), first.key()))
                .hasStackTraceContaining("none.pem is not there");
    }
}
