package dev.sidecar.discovery;

import static dev.sidecar.discovery.Registry.names;
import static dev.sidecar.discovery.Registry.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.CheckType;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.health.LocalHealth;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrarTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir
    Path home;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private LocalDiscovery discovery;
    private LocalDiscovery neighbour;
    private LocalHealth health;
    private Registrar registrar;

    @BeforeEach
    void open() {
        discovery = Registry.open(home);
        neighbour = Registry.open(home);
        health = LocalHealth.start(Registry.context(home), HealthOptions.defaults());
        registrar = new Registrar(discovery, health, meters);
    }

    @AfterEach
    void close() {
        registrar.close();
        health.close();
        discovery.close();
        neighbour.close();
    }

    @Test
    void registersAndDeregistersOnClose() {
        KeptRegistration kept = registrar.keep(registration("orders", "one"));
        awaitNames("one");
        await().atMost(SOON).until(kept::registered);

        kept.close();

        assertThat(discovery.instances("orders").instances()).isEmpty();
        assertThat(kept.registered()).isFalse();
        kept.close();
    }

    @Test
    void closingTheRegistrarWithdrawsAll() {
        registrar.keep(registration("orders", "one"));
        registrar.keep(registration("orders", "two"));
        awaitNames("one", "two");

        registrar.close();

        assertThat(discovery.instances("orders").instances()).isEmpty();
        assertThatThrownBy(() -> registrar.keep(registration("orders", "three")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void renewsBeforeTheLeaseEnds() {
        registrar.keep(brief("one"));
        awaitNames("one");
        long index = discovery.instances("orders").index();

        await().atMost(Duration.ofSeconds(10)).until(() -> count("renewed") >= 5);

        assertThat(discovery.instances("orders").index()).isEqualTo(index);
        assertThat(count("restored")).isZero();
    }

    @Test
    void comesBackAtOnceWhenItsEntryIsRemoved() {
        registrar.keep(registration("orders", "one"));
        awaitNames("one");
        long index = discovery.instances("orders").index();

        neighbour.deregister("orders", "one");

        await().atMost(Duration.ofSeconds(1)).until(() -> count("restored") == 1);
        awaitNames("one");
        assertThat(discovery.instances("orders").index()).isGreaterThan(index);
    }

    @Test
    void comesBackWhenTheRegistryIsWiped() throws IOException {
        registrar.keep(registration("orders", "one"));
        awaitNames("one");
        Path registry = home.resolve("registry");
        try (Stream<Path> files = Files.list(registry)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(registry);

        await().atMost(SOON).until(() -> Files.exists(registry.resolve("orders@one.json")));
        awaitNames("one");
    }

    @Test
    void keepsTryingWhileTheRegistryCannotBeWritten() throws IOException {
        Path registry = home.resolve("registry");
        Files.createFile(registry);
        KeptRegistration kept = registrar.keep(registration("orders", "one"));
        await().atMost(SOON).until(() -> count("failed") >= 2);
        assertThat(kept.registered()).isFalse();

        Files.delete(registry);

        await().atMost(Duration.ofSeconds(8)).until(kept::registered);
        awaitNames("one");
    }

    @Test
    void leavesWhileTheReadyGroupDoesNotServeAndReturnsByItself() {
        health.define(ready("app"));
        KeptRegistration kept = registrar.keep(registration("orders", "one"));
        health.push("app", HealthStatus.UP, null);
        awaitNames("one");

        health.push("app", HealthStatus.DOWN, "no database");
        awaitNames();
        await().atMost(SOON).until(() -> !kept.registered());

        health.push("app", HealthStatus.DEGRADED, null);
        awaitNames("one");

        health.maintenance(true, "upgrade");
        awaitNames();
        health.maintenance(false, null);
        awaitNames("one");
    }

    @Test
    void anInstanceOfWhichNothingIsKnownYetIsNotRegistered() {
        health.define(ready("app"));
        registrar.keep(registration("orders", "one"));

        await().during(Duration.ofMillis(300))
                .atMost(SOON)
                .until(() -> discovery.instances("orders").instances().isEmpty());
    }

    @Test
    void changesOfWhatIsWantedReachTheRegistry() {
        KeptRegistration kept = registrar.keep(registration("orders", "one"));
        awaitNames("one");

        kept.update(r -> r.withHealthy(false).withMetadata(Map.of("v", "2")));

        await().atMost(SOON)
                .until(() -> discovery.instances("orders").healthy().instances().isEmpty());
        assertThat(discovery.instances("orders").instances().get(0).metadata()).containsEntry("v", "2");
        assertThatThrownBy(() -> kept.update(r -> registration("orders", "other")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameTakenByAnotherIsLeftToThemUntilTheyAreGone() {
        KeptRegistration kept = registrar.keep(registration("orders", "one"));
        awaitNames("one");
        neighbour.register(new Registration("orders", "one", "10.0.0.9", 9, false, Map.of(), Registry.TTL, true));

        await().atMost(SOON).until(() -> count("yielded") == 1);
        await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> address()
                .equals("10.0.0.9"));
        assertThat(kept.registered()).isFalse();

        neighbour.deregister("orders", "one");
        await().atMost(SOON).until(() -> address().equals("127.0.0.1"));
        assertThat(count("yielded")).isEqualTo(1);
    }

    @Test
    void closingDoesNotWithdrawWhatAnotherTookOver() {
        KeptRegistration kept = registrar.keep(registration("orders", "one"));
        awaitNames("one");
        neighbour.register(new Registration("orders", "one", "10.0.0.9", 9, false, Map.of(), Registry.TTL, true));
        await().atMost(SOON).until(() -> count("yielded") == 1);

        kept.close();

        assertThat(address()).isEqualTo("10.0.0.9");
    }

    private String address() {
        return discovery.instances("orders").instances().stream()
                .map(ServiceInstance::address)
                .findFirst()
                .orElse("");
    }

    private double count(String action) {
        return meters.counter("sidecar.discovery.reconciled", "action", action).count();
    }

    private void awaitNames(String... expected) {
        await().atMost(SOON).until(() -> names(neighbour.instances("orders")).equals(List.of(expected)));
        await().atMost(SOON).until(() -> names(discovery.instances("orders")).equals(List.of(expected)));
    }

    private static Registration brief(String instance) {
        return new Registration("orders", instance, "127.0.0.1", 80, false, Map.of(), Duration.ofSeconds(1), true);
    }

    private static CheckDefinition ready(String name) {
        return new CheckDefinition(
                name,
                CheckType.TTL,
                Set.of(HealthGroup.READY),
                null,
                null,
                null,
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Duration.ofMinutes(1),
                null);
    }
}
