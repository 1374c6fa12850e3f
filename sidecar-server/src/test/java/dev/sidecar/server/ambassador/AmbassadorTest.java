package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LocalSidecar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.resilience.Percent;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ambassador in the real server, with a neighbour beside it. */
class AmbassadorTest {

    @TempDir
    Path home;

    private final AtomicInteger calls = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer neighbour;
    private RunningServer server;
    private URI ambassador;

    @BeforeEach
    void start() throws IOException {
        neighbour = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        neighbour.createContext("/", exchange -> {
            int call = calls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            boolean flaky = exchange.getRequestURI().getPath().endsWith("/flaky") && call % 2 == 1;
            byte[] seen = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " host="
                            + exchange.getRequestHeaders().getFirst("Host") + " x="
                            + exchange.getRequestHeaders().getFirst("X-Set"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(flaky ? 503 : 200, seen.length);
            exchange.getResponseBody().write(seen);
            exchange.close();
        });
        neighbour.start();
        String url = "http://127.0.0.1:" + neighbour.getAddress().getPort();
        server = RunningServer.start(
                home,
                "sidecar.ambassador.port=0",
                "sidecar.ambassador.routes.inventory.service=inventory",
                "sidecar.ambassador.routes.weather.urls=" + url,
                "sidecar.ambassador.routes.weather.prefix=/w",
                "sidecar.ambassador.routes.weather.set-headers.X-Set=1",
                "sidecar.ambassador.routes.whole.urls=" + url,
                "sidecar.ambassador.routes.whole.strip-prefix=false",
                "sidecar.ambassador.routes.once.urls=" + url,
                "sidecar.ambassador.routes.once.retries.max=0",
                "sidecar.ambassador.routes.moved.urls=" + url,
                "sidecar.ambassador.routes.moved.rewrite=/api/v2",
                "sidecar.ambassador.access-log.samples.whole=0%",
                "sidecar.ambassador.access-log.headers=X-Tenant,Authorization",
                "sidecar.ambassador.routes.byhost.urls=" + url,
                "sidecar.ambassador.routes.byhost.host=shop.example",
                "sidecar.ambassador.hosts=127.0.0.1:" + neighbour.getAddress().getPort());
        ambassador = URI.create(server.bean(Ambassador.class).url());
    }

    @AfterEach
    void stop() {
        server.close();
        neighbour.stop(0);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(ambassador.resolve(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String neighbourAuthority() {
        return "127.0.0.1:" + neighbour.getAddress().getPort();
    }

    @Test
    void routeToFixedUrlStripsItsPrefixAndSaysTheUpstreamsHost() throws Exception {
        assertThat(get("/w/today?x=1").body()).isEqualTo("GET /today?x=1 host=" + neighbourAuthority() + " x=1");
        assertThat(get("/w?x").body()).startsWith("GET /?x ");
        assertThat(get("/whole/a").body()).startsWith("GET /whole/a ");
        assertThat(get("/moved/a?b").body()).startsWith("GET /api/v2/a?b ");
        assertThat(get("/moved").body()).startsWith("GET /api/v2 ");
    }

    @Test
    void unknownServiceIsAnsweredAtOnceAndAKnownOneAsSoonAsItIsThere() throws Exception {
        HttpResponse<String> unknown = get("/inventory/items");
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("Sidecar-Reason")).contains("unknown-service");
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
        assertThat(unknown.body()).contains("\"code\":\"unknown-service\"");
        server.bean(LocalSidecar.class)
                .discovery()
                .register(new Registration(
                        "inventory",
                        "i1",
                        "127.0.0.1",
                        neighbour.getAddress().getPort(),
                        false,
                        Map.of(),
                        Duration.ofSeconds(30),
                        true));
        await().untilAsserted(() -> assertThat(get("/inventory/items").body()).startsWith("GET /items "));
    }

    @Test
    void idempotentRequestIsTriedAgainUnlessItMustNotBe() throws Exception {
        assertThat(get("/w/flaky").statusCode()).isEqualTo(200);
        assertThat(calls.getAndSet(0)).isEqualTo(2);
        assertThat(get("/once/flaky").statusCode()).isEqualTo(503);
        assertThat(calls.getAndSet(0)).isEqualTo(1);
        HttpRequest.Builder post = HttpRequest.newBuilder(ambassador.resolve("/w/flaky"));
        assertThat(send(post.POST(HttpRequest.BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(503);
        assertThat(calls.getAndSet(0)).isEqualTo(1);
        assertThat(send(post.header("Idempotency-Key", "k").POST(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void pathWithoutRouteIs404AndAmbiguousPathIs400() throws Exception {
        assertThat(get("/nowhere").headers().firstValue("Sidecar-Reason")).contains("no-route");
        assertThat(get("/weatherx").statusCode()).isEqualTo(404);
        assertThat(get("/w/%2e%2e/once").statusCode()).isEqualTo(400);
        assertThat(get("/w/a%2f..%2fb").statusCode()).isEqualTo(400);
        assertThat(get("/w/a..b/.hidden/%C3%A4").statusCode()).isEqualTo(200);
        assertThat(calls.get()).isEqualTo(1);
    }

    @Test
    void applicationThatUsesHttpProxyReachesListedHostsAndRoutes() throws Exception {
        HttpClient proxied = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", ambassador.getPort())))
                .build();
        HttpRequest listed = HttpRequest.newBuilder(URI.create("http://" + neighbourAuthority() + "/a"))
                .build();
        assertThat(proxied.send(listed, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("GET /a host=" + neighbourAuthority() + " x=null");
        HttpRequest named =
                HttpRequest.newBuilder(URI.create("http://weather/a")).build();
        assertThat(proxied.send(named, HttpResponse.BodyHandlers.ofString()).body())
                .startsWith("GET /a ");
        HttpRequest host =
                HttpRequest.newBuilder(URI.create("http://shop.example/a")).build();
        assertThat(proxied.send(host, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("GET /a host=shop.example x=null");
        HttpRequest other =
                HttpRequest.newBuilder(URI.create("http://elsewhere.example/a")).build();
        assertThat(proxied.send(other, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void onlyAShareIsRecordedButEveryFailureWithItsReason() throws Exception {
        get("/whole/quiet");
        get("/inventory/x");
        get("/once/flaky");
        LocalSidecar sidecar = server.bean(LocalSidecar.class);
        await().untilAsserted(() -> assertThat(sidecar.logs().recent(LogQuery.LATEST))
                .filteredOn(record -> "dev.sidecar.ambassador".equals(record.scope()))
                .extracting(record -> record.attributes().get("sidecar.route"))
                .containsExactlyInAnyOrder("inventory", "once"));
    }

    @Test
    void aHeaderToRecordThatCannotBeOneIsNamed() {
        assertThatThrownBy(() -> new AmbassadorProperties.AccessLogProperties(
                        true, Percent.of(100), Map.of(), List.of("X-Tenant", "X Tenant")))
                .hasMessageContaining("sidecar.ambassador.access-log.headers")
                .hasMessageContaining("'X Tenant'");
    }

    @Test
    void headersAreRecordedWithoutTheirSecrets() throws Exception {
        send(HttpRequest.newBuilder(ambassador.resolve("/w/a"))
                .header("X-Tenant", "blue")
                .header("Authorization", "Bearer sesame"));
        LocalSidecar sidecar = server.bean(LocalSidecar.class);
        await().untilAsserted(() -> assertThat(sidecar.logs().recent(LogQuery.LATEST))
                .filteredOn(record -> "dev.sidecar.ambassador".equals(record.scope()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.attributes())
                            .containsEntry("http.request.header.x-tenant", "blue")
                            .containsKeys("http.request.header.authorization", "sidecar.duration_send_ms");
                    assertThat(record.toString()).doesNotContain("sesame");
                }));
    }

    @Test
    void eachRequestIsOneLogRecordWithoutItsQuery() throws Exception {
        get("/w/today?token=secret");
        LocalSidecar sidecar = server.bean(LocalSidecar.class);
        await().untilAsserted(() -> assertThat(sidecar.logs().recent(LogQuery.LATEST))
                .filteredOn(record -> "dev.sidecar.ambassador".equals(record.scope()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.attributes())
                            .containsEntry("sidecar.route", "weather")
                            .containsEntry("url.path", "/w/today")
                            .containsKey("sidecar.duration_ms");
                    assertThat(record.traceId()).hasSize(32);
                    assertThat(record.toString()).doesNotContain("secret");
                }));
    }
}
