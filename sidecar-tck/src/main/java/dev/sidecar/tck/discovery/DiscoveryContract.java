package dev.sidecar.tck.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.Subscription;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.Registration;
import dev.sidecar.discovery.ServiceInstance;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.Refusals;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.SidecarContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link Discovery} promises, whoever delivers it. */
public interface DiscoveryContract extends SidecarContract {

    Duration SOON = Duration.ofSeconds(5);
    Duration TTL = Duration.ofSeconds(30);

    @Test
    @Clause("DIS-01")
    default void listsAnInstanceAsItWasRegistered() {
        String service = Fresh.name("orders");
        Map<String, String> metadata = Map.of("zone", "a", "version", "1.2", "käse", "🧀 = \"brie\"");
        Registration wish = new Registration(service, "one", "10.1.2.3", 8443, true, metadata, TTL, true);
        Instant before = Instant.now().minusSeconds(1);

        ServiceInstance answer = discovery().register(wish);

        ServiceInstance listed = discovery().instances(service).instances().get(0);
        assertThat(listed)
                .usingRecursiveComparison()
                .comparingOnlyFields("service", "instance", "address", "port", "secure", "metadata", "ttl", "healthy")
                .isEqualTo(wish);
        assertThat(answer).isEqualTo(listed);
        assertThat(listed.registeredAt()).isAfter(before);
        assertThat(listed.expiresAt()).isEqualTo(listed.renewedAt().plus(TTL));
    }

    @Test
    @Clause("DIS-02")
    default void anUnknownServiceHasAnEmptyList() {
        String service = Fresh.name("nobody");

        ServiceInstances list = discovery().instances(service);

        assertThat(list.service()).isEqualTo(service);
        assertThat(list.instances()).isEmpty();
        assertThat(list.staleSince()).isNull();
    }

    @Test
    @Clause("DIS-03")
    default void namesOfServicesAreSorted() {
        String b = Fresh.name("b");
        String a = Fresh.name("a");
        register(b, "one");
        register(a, "one");

        assertThat(discovery().services().services()).contains(a, b).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Clause("DIS-04")
    default void instancesAreOrderedByName() {
        String service = Fresh.name("orders");
        List.of("c", "a", "b").forEach(instance -> register(service, instance));

        assertThat(names(discovery().instances(service))).containsExactly("a", "b", "c");
    }

    @Test
    @Clause("DIS-05")
    default void registeringAgainReplaces() {
        String service = Fresh.name("orders");
        ServiceInstance first = register(service, "one");
        discovery().register(new Registration(service, "one", "10.9.9.9", 9999, true, Map.of("v", "2"), TTL, true));

        assertThat(discovery().instances(service).instances()).singleElement().satisfies(now -> {
            assertThat(now.address()).isEqualTo("10.9.9.9");
            assertThat(now.port()).isEqualTo(9999);
            assertThat(now.metadata()).isEqualTo(Map.of("v", "2"));
            assertThat(now.registeredAt()).isEqualTo(first.registeredAt());
        });
    }

    @Test
    @Clause("DIS-06")
    default void renewingMovesTheLeaseAndNotTheIndex() {
        String service = Fresh.name("orders");
        ServiceInstance first = register(service, "one");
        long index = discovery().instances(service).index();
        await().until(() -> Instant.now().isAfter(first.renewedAt().plusMillis(20)));

        ServiceInstance renewed = register(service, "one");

        assertThat(renewed.renewedAt()).isAfter(first.renewedAt());
        assertThat(renewed.expiresAt()).isAfter(first.expiresAt());
        assertThat(discovery().instances(service).index()).isEqualTo(index);
    }

    @Test
    @Clause("DIS-07")
    default void theIndexGrowsWithEachChange() {
        String service = Fresh.name("orders");
        List<Long> indexes = new ArrayList<>();
        indexes.add(discovery().instances(service).index());
        register(service, "one");
        indexes.add(discovery().instances(service).index());
        register(service, "two");
        indexes.add(discovery().instances(service).index());
        discovery().deregister(service, "one");
        indexes.add(discovery().instances(service).index());

        assertThat(indexes).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Clause("DIS-08")
    default void deregisteringTellsWhetherThereWasOne() {
        String service = Fresh.name("orders");
        register(service, "one");

        assertThat(discovery().deregister(service, "one")).isTrue();
        assertThat(discovery().deregister(service, "one")).isFalse();
        assertThat(discovery().instances(service).instances()).isEmpty();
        assertThat(discovery().services().services()).doesNotContain(service);
    }

    @Test
    @Clause("DIS-09")
    default void aLeaseEndsAfterItsTtl() {
        String service = Fresh.name("orders");
        Instant start = Instant.now();
        register(service, "one", Duration.ofSeconds(1));

        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> discovery().instances(service).instances().isEmpty());

        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(950), Duration.ofMillis(2500));
        assertThat(discovery().services().services()).doesNotContain(service);
    }

    @Test
    @Clause("DIS-10")
    default void renewingKeepsALeaseBeyondItsTtl() {
        String service = Fresh.name("orders");
        Instant start = Instant.now();
        await().pollInterval(Duration.ofMillis(200)).atMost(SOON).until(() -> {
            register(service, "one", Duration.ofSeconds(1));
            assertThat(discovery().instances(service).instances()).hasSize(1);
            return Instant.now().isAfter(start.plusMillis(1600));
        });
    }

    @Test
    @Clause("DIS-11")
    default void anUnhealthyInstanceStaysListedAndIsLeftOutOfHealthyLists() {
        String service = Fresh.name("orders");
        register(service, "well");
        discovery().register(new Registration(service, "sick", "127.0.0.1", 80, false, Map.of(), TTL, false));

        ServiceInstances list = discovery().instances(service);

        assertThat(names(list)).containsExactly("sick", "well");
        assertThat(names(list.healthy())).containsExactly("well");
    }

    @Test
    @Clause("DIS-12")
    default void anIndexThatIsNotCurrentIsAnsweredAtOnce() throws Exception {
        String service = Fresh.name("orders");
        long old = discovery().instances(service).index();
        register(service, "one");

        ServiceInstances answer =
                discovery().changed(service, old, Duration.ofSeconds(30)).get(2, TimeUnit.SECONDS);

        assertThat(names(answer)).containsExactly("one");
    }

    @Test
    @Clause("DIS-13")
    default void waitsForTheNextChange() throws Exception {
        String service = Fresh.name("orders");
        register(service, "one");
        long index = discovery().instances(service).index();

        CompletableFuture<ServiceInstances> next = discovery().changed(service, index, Duration.ofSeconds(30));
        register(service, "two");

        ServiceInstances answer = next.get(2, TimeUnit.SECONDS);
        assertThat(names(answer)).containsExactly("one", "two");
        assertThat(answer.index()).isGreaterThan(index);
    }

    @Test
    @Clause("DIS-14")
    default void answersWithTheCurrentListWhenTheWaitIsOver() throws Exception {
        String service = Fresh.name("orders");
        register(service, "one");
        long index = discovery().instances(service).index();
        Instant start = Instant.now();

        ServiceInstances answer =
                discovery().changed(service, index, Duration.ofMillis(500)).get(5, TimeUnit.SECONDS);

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(450));
        assertThat(answer.index()).isEqualTo(index);
        assertThat(names(answer)).containsExactly("one");
    }

    @Test
    @Clause("DIS-15")
    default void fiftyWaitAtTheSameTimeAndNoneHoldsUpAnother() throws Exception {
        List<String> services =
                IntStream.range(0, 50).mapToObj(i -> Fresh.name("orders")).toList();
        List<CompletableFuture<ServiceInstances>> waiting = services.stream()
                .map(service -> first(discovery().instances(service)))
                .toList();

        register(services.get(49), "one");

        assertThat(names(waiting.get(49).get(5, TimeUnit.SECONDS))).containsExactly("one");
        services.forEach(service -> register(service, "one"));
        for (CompletableFuture<ServiceInstances> each : waiting) {
            assertThat(names(each.get(10, TimeUnit.SECONDS))).containsExactly("one");
        }
    }

    // Leases of others that end meanwhile move the index that all services without an instance share.
    private CompletableFuture<ServiceInstances> first(ServiceInstances known) {
        return discovery()
                .changed(known.service(), known.index(), Duration.ofSeconds(20))
                .thenCompose(
                        list -> list.instances().isEmpty() ? first(list) : CompletableFuture.completedFuture(list));
    }

    @Test
    @Clause("DIS-16")
    default void watchingGivesTheListAndThenEachChange() {
        String service = Fresh.name("orders");
        register(service, "one");
        List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = discovery().watch(service, list -> seen.add(names(list)))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).containsExactly(List.of("one")));
            register(service, "two");
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).endsWith(List.of("one", "two")));
            discovery().deregister(service, "one");
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).endsWith(List.of("two")));
        }
    }

    @Test
    @Clause("DIS-17")
    default void watchersHearOfALeaseThatEnded() {
        String service = Fresh.name("orders");
        register(service, "one", Duration.ofSeconds(1));
        List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = discovery().watch(service, list -> seen.add(names(list)))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).endsWith(List.<String>of()));
        }
    }

    @Test
    @Clause("DIS-18")
    default void callsNobodyAfterAWatchOfInstancesIsClosed() {
        String service = Fresh.name("orders");
        List<List<String>> closed = Collections.synchronizedList(new ArrayList<>());
        List<List<String>> open = Collections.synchronizedList(new ArrayList<>());
        Subscription first = discovery().watch(service, list -> closed.add(names(list)));
        try (Subscription ignored = discovery().watch(service, list -> open.add(names(list)))) {
            await().atMost(SOON).until(() -> !closed.isEmpty() && !open.isEmpty());
            first.close();
            first.close();

            register(service, "one");

            await().atMost(SOON).untilAsserted(() -> assertThat(open).endsWith(List.of("one")));
            assertThat(closed).doesNotContain(List.of("one"));
        }
    }

    @Test
    @Clause("DIS-19")
    default void aWatcherThatThrowsIsCalledAgain() {
        String service = Fresh.name("orders");
        List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription ignored = discovery().watch(service, list -> {
            seen.add(names(list));
            throw new IllegalStateException("a listener's own fault");
        })) {
            await().atMost(SOON).until(() -> !seen.isEmpty());
            register(service, "one");
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).endsWith(List.of("one")));
        }
    }

    @Test
    @Clause("DIS-20")
    default void refusesNamesThatAreNotNames() {
        for (String bad : List.of("", "two words", "../etc", "-dash", "a/b", "x".repeat(129), "ü")) {
            Refusals.assertRefused(sidecar(), "invalid-name", s -> s.discovery().instances(bad));
            Refusals.assertRefused(sidecar(), "invalid-name", s -> s.discovery().deregister("orders", bad));
        }
    }

    @Test
    @Clause("DIS-21")
    default void everybodyOnTheHostSeesAChangeWithinASecond() {
        String service = Fresh.name("orders");
        try (Sidecar neighbour = Setup.neighbour(home())) {
            register(service, "mine");
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> names(neighbour.discovery().instances(service)).contains("mine"));

            neighbour
                    .discovery()
                    .register(new Registration(service, "theirs", "127.0.0.1", 81, false, Map.of(), TTL, true));
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> names(discovery().instances(service)).contains("theirs"));

            assertThat(discovery().instances(service).instances())
                    .isEqualTo(neighbour.discovery().instances(service).instances());
        }
    }

    @Test
    @Clause(value = "DIS-22", mayDiffer = "the index is each sidecar's own and means nothing to another")
    default void theSameListWithoutAChangeHasTheSameIndex() {
        String service = Fresh.name("orders");
        register(service, "one");

        assertThat(discovery().instances(service)).isEqualTo(discovery().instances(service));
    }

    private Discovery discovery() {
        return sidecar().discovery();
    }

    private ServiceInstance register(String service, String instance) {
        return register(service, instance, TTL);
    }

    private ServiceInstance register(String service, String instance, Duration ttl) {
        return discovery().register(new Registration(service, instance, "127.0.0.1", 80, false, Map.of(), ttl, true));
    }

    private static List<String> names(ServiceInstances list) {
        return list.instances().stream().map(ServiceInstance::instance).toList();
    }
}
