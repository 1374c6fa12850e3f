package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalSidecar;
import dev.sidecar.resilience.UpstreamReport;
import dev.sidecar.server.testing.RunningServer;
import dev.sidecar.tck.resilience.HostileUpstream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a request, and whether somebody else gets it too. */
class RoutingTest {

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HostileUpstream> upstreams = new ArrayList<>();
    private RunningServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        upstreams.forEach(HostileUpstream::close);
    }

    private HostileUpstream upstream(HostileUpstream.Behaviour behaviour) {
        HostileUpstream upstream = HostileUpstream.start(behaviour);
        upstreams.add(upstream);
        return upstream;
    }

    private static String url(HostileUpstream upstream) {
        return "http://127.0.0.1:" + upstream.port();
    }

    private void start(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("sidecar.ambassador.port=0");
        server = RunningServer.start(home, all.toArray(String[]::new));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create(server.bean(Ambassador.class).url()).resolve(path))
                .timeout(Duration.ofSeconds(10));
    }

    private String send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private UpstreamReport report(String route) {
        return server.bean(LocalSidecar.class).resilience().upstream(route);
    }

    /** Waits a while unless the connection ends before, then does the rest. */
    private static HostileUpstream.Behaviour after(int millis, HostileUpstream.Behaviour rest) {
        return (connection, number) -> {
            connection.setSoTimeout(millis);
            try {
                connection.getInputStream().read();
            } catch (SocketTimeoutException waited) {
                rest.treat(connection, number);
            }
        };
    }

    @Test
    void whatARouteDoesNotSayIsAsForItsServiceAndElseAsInTheDefaults() {
        start(
                "sidecar.resilience.defaults.connect-timeout=2s",
                "sidecar.resilience.services.stock.timeout=7s",
                "sidecar.resilience.services.stock.retries.max=3",
                "sidecar.ambassador.routes.shelf.service=stock",
                "sidecar.ambassador.routes.shelf.retries.max=0");
        assertThat(report("shelf").policy().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(report("shelf").policy().retries().max()).isZero();
        assertThat(report("shelf").policy().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void canaryTakesWhatHasItsHeader() throws Exception {
        HostileUpstream stable = upstream(HostileUpstream.answer(200, "", "stable"));
        HostileUpstream canary = upstream(HostileUpstream.answer(200, "", "canary"));
        start(
                "sidecar.ambassador.routes.stock.urls=" + url(stable),
                "sidecar.ambassador.routes.stock-canary.urls=" + url(canary),
                "sidecar.ambassador.routes.stock-canary.prefix=/stock",
                "sidecar.ambassador.routes.stock-canary.match-headers.X-Canary=yes");

        assertThat(send(request("/stock/a"))).isEqualTo("stable");
        assertThat(send(request("/stock/a").header("X-Canary", "no"))).isEqualTo("stable");
        assertThat(send(request("/stock/a").header("X-Canary", "yes"))).isEqualTo("canary");
    }

    @Test
    void weightsDivideWhatARouteTakes() throws Exception {
        HostileUpstream old = upstream(HostileUpstream.answer(200, "", "old"));
        HostileUpstream next = upstream(HostileUpstream.answer(200, "", "next"));
        start(
                "sidecar.ambassador.routes.stock.urls=" + url(old),
                "sidecar.ambassador.routes.stock.weights.stock-next=30%",
                "sidecar.ambassador.routes.stock-next.urls=" + url(next));
        for (int i = 0; i < 200; i++) {
            send(request("/stock/a"));
        }

        assertThat(next.requests()).isBetween(25, 100);
        assertThat(old.requests() + next.requests()).isEqualTo(200);
        assertThat(report("stock-next").calls()).isEqualTo(next.requests());
    }

    @Test
    void mirrorGetsACopyAndNothingWaitsForIt() throws Exception {
        HostileUpstream own = upstream(HostileUpstream.answer(200, "", "own"));
        HostileUpstream shadow = upstream(HostileUpstream.silence());
        start(
                "sidecar.ambassador.routes.stock.urls=" + url(own),
                "sidecar.ambassador.routes.stock.mirror=shadow",
                "sidecar.ambassador.routes.shadow.urls=" + url(shadow),
                "sidecar.ambassador.routes.shadow.retries.max=0");

        assertThat(send(request("/stock/a"))).isEqualTo("own");
        assertThat(send(request("/stock/b").POST(BodyPublishers.ofString("tea"))))
                .isEqualTo("own");

        await().untilAsserted(() -> assertThat(shadow.requests()).isEqualTo(2));
        assertThat(own.requests()).isEqualTo(2);
    }

    @Test
    void slowInstanceIsHedgedByAnotherOne() throws Exception {
        HostileUpstream slow = upstream(HostileUpstream.silence());
        HostileUpstream quick = upstream(HostileUpstream.answer(200, "", "quick"));
        start(
                "sidecar.ambassador.routes.stock.urls=" + url(slow) + "," + url(quick),
                "sidecar.ambassador.routes.stock.timeout=5s",
                "sidecar.ambassador.routes.stock.hedging.delay=50ms");
        for (int i = 0; i < 6; i++) {
            assertThat(send(request("/stock/a"))).isEqualTo("quick");
        }

        assertThat(slow.requests()).isPositive();
        assertThat(report("stock").hedges()).isEqualTo(slow.requests());
        await().untilAsserted(() -> assertThat(report("stock").running()).isZero());
        assertThat(report("stock").instances())
                .allSatisfy(instance -> assertThat(instance.running()).isZero());
    }

    @Test
    void hedgeGoesOnWhenTheFirstAttemptFails() throws Exception {
        HostileUpstream failing = upstream(after(150, HostileUpstream.reset()));
        HostileUpstream quick = upstream(after(300, HostileUpstream.answer(200, "", "in the end")));
        start(
                "sidecar.ambassador.routes.stock.urls=" + url(failing) + "," + url(quick),
                "sidecar.ambassador.routes.stock.retries.max=0",
                "sidecar.ambassador.routes.stock.hedging.delay=50ms");
        for (int i = 0; i < 4; i++) {
            assertThat(send(request("/stock/a"))).isEqualTo("in the end");
        }
        assertThat(failing.requests()).isPositive();
    }

    @Test
    void routeThatIsNotThereIsSaidByName() {
        assertThatThrownBy(() -> start(
                        "sidecar.ambassador.routes.stock.service=stock",
                        "sidecar.ambassador.routes.stock.mirror=nobody"))
                .rootCause()
                .hasMessageContaining("sidecar.ambassador.routes.stock.mirror: 'nobody' is none of the routes");
    }
}
