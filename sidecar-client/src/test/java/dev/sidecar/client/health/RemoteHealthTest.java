package dev.sidecar.client.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.TinyServer;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthReport;
import dev.sidecar.health.HealthStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteHealthTest {

    private static final CheckDefinition TTL =
            CheckDefinition.ttl("app", Duration.ofSeconds(30)).build();

    @TempDir
    Path directory;

    /** What the sidecar knows; empty again in a new process. */
    private final Set<String> defined = ConcurrentHashMap.newKeySet();

    private volatile HealthStatus status = HealthStatus.UP;
    private TinyServer server;
    private Availability availability;
    private Transport transport;
    private RemoteHealth health;

    @BeforeEach
    void start() {
        server = TinyServer.on(directory.resolve("a.sock"), this::answer);
        availability = new Availability("test");
        transport = new Transport(server.options(Duration.ofMillis(500)), availability);
        health = new RemoteHealth(new Api(transport));
        availability.start(() -> transport.exchange(Request.get("/v1")));
    }

    @AfterEach
    void stop() throws IOException {
        health.close();
        availability.close();
        transport.close();
        server.close();
    }

    private void answer(TinyServer.Exchange exchange) throws IOException {
        String method = exchange.request().method();
        String target = exchange.request().target();
        String[] path = target.split("/");
        if (!target.startsWith("/v1/health/checks/")) {
            exchange.json(status.serves() ? 200 : 503, report());
        } else if (method.equals("PUT") && path.length == 5) {
            defined.add(path[4]);
            exchange.json(201, check(path[4]));
        } else if (!defined.contains(path[4])) {
            exchange.problem(404, "unknown-check", "there is no check");
        } else if (method.equals("DELETE")) {
            defined.remove(path[4]);
            exchange.raw("HTTP/1.1 204 No Content\r\n\r\n");
        } else {
            exchange.json(200, check(path[4]));
        }
    }

    private String report() {
        return "{\"status\":\"" + status + "\",\"checks\":[" + check("app") + "],\"maintenance\":{\"enabled\":false}}";
    }

    private static String check(String name) {
        return "{\"name\":\"" + name + "\",\"type\":\"ttl\",\"status\":\"UP\",\"groups\":[\"ready\"],"
                + "\"critical\":true,\"passes\":1,\"failures\":0,\"since\":\"2026-01-31T12:00:00Z\"}";
    }

    @Test
    void takesA503WithAReportForAReport() {
        status = HealthStatus.DOWN;

        assertThat(health.report().status()).isEqualTo(HealthStatus.DOWN);
        assertThat(health.report(HealthGroup.READY).status()).isEqualTo(HealthStatus.DOWN);
        assertThat(server.received()).extracting(TinyServer.Received::target).contains("/v1/health/ready");
    }

    @Test
    void takesA503WithAProblemForARefusal() {
        server.handler(exchange -> exchange.problem(503, "feature-disabled", "health is off"));

        assertThatThrownBy(health::report).isInstanceOfSatisfying(SidecarException.class, e -> assertThat(e.code())
                .isEqualTo("feature-disabled"));
    }

    @Test
    void answersWithTheLastReportDegradedAtBestWhileTheSidecarIsAway() throws IOException {
        health.report();
        server.close();

        HealthReport stale = health.report();

        assertThat(stale.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(stale.checks()).hasSize(1);
        assertThat(stale.staleSince()).isEqualTo(availability.since()).isNotNull();
        assertThat(health.check("app")).isPresent();
    }

    @Test
    void doesNotMakeABadReportBetterWhileTheSidecarIsAway() throws IOException {
        status = HealthStatus.OUT_OF_SERVICE;
        health.report();
        server.close();

        assertThat(health.report().status()).isEqualTo(HealthStatus.OUT_OF_SERVICE);
    }

    @Test
    void isDegradedAndServesWhenTheSidecarWasNeverThere() throws IOException {
        server.close();

        assertThat(health.report(HealthGroup.LIVE).status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(health.report(HealthGroup.LIVE).checks()).isEmpty();
    }

    @Test
    void commandsFailWhileTheSidecarIsAway() throws IOException {
        server.close();

        assertThatThrownBy(() -> health.push("app", HealthStatus.UP, null))
                .isInstanceOf(SidecarUnavailableException.class);
        assertThatThrownBy(() -> health.maintenance(true, "x")).isInstanceOf(SidecarUnavailableException.class);
        assertThatThrownBy(() -> health.define(TTL)).isInstanceOf(SidecarUnavailableException.class);
    }

    @Test
    void definesWithTheNameInThePathOnly() {
        health.define(TTL);

        assertThat(server.received())
                .anyMatch(request -> request.method().equals("PUT")
                        && request.target().equals("/v1/health/checks/app")
                        && request.body().equals("{\"type\":\"ttl\",\"ttl\":\"30s\"}"));
    }

    @Test
    void removingTellsWhetherThereWasOne() {
        health.define(TTL);

        assertThat(health.remove("app")).isTrue();
        assertThat(health.remove("app")).isFalse();
        assertThat(health.check("app")).isEmpty();
        assertThat(health.remove("no/name")).isFalse();
        assertThat(health.check("no/name")).isEmpty();
    }

    @Test
    void definesItsChecksAgainInANewSidecar() throws IOException {
        health.define(TTL);
        health.define(CheckDefinition.ttl("gone", Duration.ofSeconds(30)).build());
        health.remove("gone");
        server.close();
        health.report();
        defined.clear();

        server = server.again(this::answer);

        await().untilAsserted(() -> assertThat(defined).containsExactly("app"));
    }

    @Test
    void leavesAloneWhatASidecarThatWasOnlySilentStillKnows() throws IOException {
        health.define(TTL);
        server.close();
        health.report();

        server = server.again(this::answer);

        await().untilAsserted(() -> assertThat(server.received())
                .anyMatch(request -> request.target().equals("/v1/health/checks/app")));
        await().until(() -> availability.since() == null);
        assertThat(server.received()).noneMatch(request -> request.method().equals("PUT"));
    }

    @Test
    void aPushFindsANewSidecarOutByItself() {
        health.define(TTL);
        defined.clear();

        assertThat(health.push("app", HealthStatus.UP, null).name()).isEqualTo("app");

        assertThat(defined).containsExactly("app");
    }

    @Test
    void aPushToACheckOfSomebodyElseIsRefused() {
        assertThatThrownBy(() -> health.push("other", HealthStatus.UP, null))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("unknown-check"));
    }

    @Test
    void aWatchTellsTheReportAndEveryChangeOfAStatus() throws IOException {
        List<HealthStatus> told = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = health.watch(report -> told.add(report.status()))) {
            await().untilAsserted(() -> assertThat(told).containsExactly(HealthStatus.UP));
            status = HealthStatus.DOWN;
            await().untilAsserted(() -> assertThat(told).containsExactly(HealthStatus.UP, HealthStatus.DOWN));
            status = HealthStatus.UP;
            await().untilAsserted(() -> assertThat(told).hasSize(3));

            server.close();

            await().untilAsserted(() -> assertThat(told).last().isEqualTo(HealthStatus.DEGRADED));
        }
    }
}
