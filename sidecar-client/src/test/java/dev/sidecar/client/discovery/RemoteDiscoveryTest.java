package dev.sidecar.client.discovery;

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
import dev.sidecar.discovery.Registration;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.discovery.ServiceInstances;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteDiscoveryTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    /** The index of the only list, which grows with every change; it waits as a sidecar does. */
    private final AtomicLong index = new AtomicLong(1);

    private TinyServer server;
    private Availability availability;
    private Transport transport;
    private RemoteDiscovery discovery;

    @BeforeEach
    void start() {
        server = TinyServer.on(directory.resolve("a.sock"), this::answer);
        availability = new Availability("test");
        transport = new Transport(server.options(Duration.ofMillis(500)), availability);
        discovery = new RemoteDiscovery(new Api(transport));
        availability.start(() -> transport.exchange(Request.get("/v1")));
    }

    @AfterEach
    void stop() throws IOException {
        discovery.close();
        availability.close();
        transport.close();
        server.close();
    }

    private void answer(TinyServer.Exchange exchange) throws IOException, InterruptedException {
        String target = exchange.request().target();
        if (target.contains("index=" + index.get() + "&")) {
            synchronized (index) {
                index.wait(300);
            }
        }
        exchange.json(200, list(index.get(), "\"cursor\":null"));
    }

    private void change() {
        synchronized (index) {
            index.incrementAndGet();
            index.notifyAll();
        }
    }

    private static String list(long index, String more) {
        return "{\"service\":\"orders\",\"index\":" + index + ",\"instances\":[" + instance("orders-" + index) + "],"
                + more + "}";
    }

    private static String instance(String name) {
        return "{\"service\":\"orders\",\"instance\":\"" + name + "\",\"address\":\"127.0.0.1\",\"port\":3000,"
                + "\"secure\":false,\"metadata\":{\"zone\":\"a\"},\"ttl\":\"15s\",\"healthy\":true,"
                + "\"registeredAt\":\"2026-01-31T12:00:00Z\",\"renewedAt\":\"2026-01-31T12:00:00Z\","
                + "\"expiresAt\":\"2026-01-31T12:00:15Z\"}";
    }

    private static Registration registration() {
        return new Registration(
                "orders", "orders-1", "127.0.0.1", 3000, false, Map.of("zone", "a"), Duration.ofSeconds(15), true);
    }

    private static List<String> names(ServiceInstances list) {
        return list.instances().stream().map(ServiceInstance::instance).toList();
    }

    @Test
    void registersByAPutWithTheNamesInThePath() {
        server.handler(exchange -> exchange.json(200, instance("orders-1")));

        ServiceInstance registered = discovery.register(registration());

        assertThat(registered.metadata()).containsEntry("zone", "a");
        assertThat(server.received())
                .filteredOn(request -> request.method().equals("PUT"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.target()).isEqualTo("/v1/services/orders/instances/orders-1");
                    assertThat(request.body())
                            .isEqualTo("{\"address\":\"127.0.0.1\",\"port\":3000,\"secure\":false,"
                                    + "\"metadata\":{\"zone\":\"a\"},\"ttl\":\"15s\",\"healthy\":true}");
                });
    }

    @Test
    void cannotRegisterWhileTheSidecarIsAway() throws IOException {
        server.close();

        assertThatThrownBy(() -> discovery.register(registration())).isInstanceOf(SidecarUnavailableException.class);
    }

    @Test
    void deregisteringTellsWhetherThereWasOne() {
        server.handler(exchange -> exchange.raw("HTTP/1.1 204 No Content\r\n\r\n"));
        assertThat(discovery.deregister("orders", "orders-1")).isTrue();

        server.handler(exchange -> exchange.problem(404, "unknown-instance", "no such instance"));
        assertThat(discovery.deregister("orders", "orders-1")).isFalse();

        server.handler(exchange -> exchange.problem(404, "not-found", "no such path"));
        assertThatThrownBy(() -> discovery.deregister("orders", "orders-1"))
                .isInstanceOf(SidecarException.class)
                .hasMessage("no such path");
    }

    @Test
    void refusesANameThatCouldNotBeSaidInAPath() {
        assertThatThrownBy(() -> discovery.instances("../health"))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("invalid-name"));
    }

    @Test
    void followsThePagesOfALongList() {
        server.handler(exchange -> {
            String target = exchange.request().target();
            if (target.equals("/v1/services")) {
                exchange.json(200, "{\"services\":[\"a\",\"b\"],\"cursor\":\"b c\"}");
            } else if (target.equals("/v1/services?cursor=b%20c")) {
                exchange.json(200, "{\"services\":[\"c\"]}");
            } else if (target.equals("/v1/services/orders")) {
                exchange.json(200, list(1, "\"cursor\":\"x\""));
            } else {
                exchange.json(200, list(2, "\"cursor\":null"));
            }
        });

        assertThat(discovery.services().services()).containsExactly("a", "b", "c");
        assertThat(names(discovery.instances("orders"))).containsExactly("orders-1", "orders-2");
        assertThat(discovery.instances("orders").index()).isEqualTo(1);
    }

    @Test
    void answersWithTheLastKnownListWhileTheSidecarIsAway() throws IOException {
        assertThat(discovery.instances("orders").staleSince()).isNull();
        server.close();

        ServiceInstances stale = discovery.instances("orders");

        assertThat(names(stale)).containsExactly("orders-1");
        assertThat(stale.staleSince()).isEqualTo(availability.since()).isNotNull();
        assertThat(discovery.instances("unheard-of").instances()).isEmpty();
        assertThat(discovery.instances("unheard-of").staleSince()).isNotNull();
        assertThat(discovery.services().staleSince()).isNotNull();

        server = server.again(this::answer);
        await().until(() -> discovery.instances("orders").staleSince() == null);
    }

    @Test
    void answersAtOnceFromWhatItKnowsWhileTheSidecarHangs() {
        discovery.instances("orders");
        server.handler(exchange -> new java.util.concurrent.CountDownLatch(1).await());
        discovery.instances("orders");
        assertThat(availability.hangs()).isTrue();
        long begin = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            assertThat(names(discovery.instances("orders"))).containsExactly("orders-1");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void waitsForAChange() {
        CompletableFuture<ServiceInstances> answer = discovery.changed("orders", 1, LONG);
        await().until(() ->
                server.received().stream().anyMatch(request -> request.target().contains("index=1&wait=")));
        assertThat(answer).isNotDone();

        change();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(5)).satisfies(list -> assertThat(list.index())
                .isEqualTo(2));
    }

    @Test
    void answersWithTheCurrentListWhenNothingChangesInTime() {
        assertThat(discovery.changed("orders", 1, Duration.ofMillis(700)))
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(list -> assertThat(list.index()).isEqualTo(1));
    }

    @Test
    void waitsAcrossAnAbsenceOfTheSidecar() throws IOException {
        discovery.instances("orders");
        server.close();
        CompletableFuture<ServiceInstances> answer = discovery.changed("orders", 1, LONG);
        assertThat(discovery.changed("orders", 1, Duration.ZERO))
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(list -> assertThat(list.staleSince()).isNotNull());
        change();

        server = server.again(this::answer);

        assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).satisfies(list -> assertThat(list.index())
                .isEqualTo(2));
    }

    @Test
    void aWatchTellsTheListAndEveryChangeAndWhenItIsFreshAgain() throws IOException {
        List<ServiceInstances> told = Collections.synchronizedList(new ArrayList<>());
        Subscription watch = discovery.watch("orders", list -> {
            told.add(list);
            throw new IllegalStateException("a listener's own fault");
        });
        await().until(() -> told.size() == 1);
        change();
        await().until(() -> told.size() == 2);

        server.close();
        change();
        server = server.again(this::answer);

        await().untilAsserted(() ->
                assertThat(told).extracting(ServiceInstances::index).containsExactly(1L, 2L, 3L));
        watch.close();
        watch.close();
        change();
        assertThat(names(discovery.instances("orders"))).containsExactly("orders-4");
        assertThat(told).hasSize(3);
    }

    @Test
    void aWatchThatBeginsWithoutASidecarSaysSoAndThenTellsTheFreshList() throws IOException {
        server.close();
        List<ServiceInstances> told = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = discovery.watch("orders", told::add)) {
            await().until(() -> told.size() == 1);
            assertThat(told.get(0).staleSince()).isNotNull();

            server = server.again(this::answer);

            await().until(() -> told.size() == 2);
            assertThat(told.get(1).staleSince()).isNull();
        }
    }

    @Test
    void withdrawsWhatItRegisteredWhenItIsClosed() {
        server.handler(exchange -> exchange.json(200, instance("orders-1")));
        discovery.register(registration());

        discovery.close();

        assertThat(server.received())
                .anyMatch(request -> request.method().equals("DELETE")
                        && request.target().equals("/v1/services/orders/instances/orders-1"));
    }
}
