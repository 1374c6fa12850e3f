package dev.sidecar.discovery;

import static dev.sidecar.discovery.Registry.names;
import static dev.sidecar.discovery.Registry.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiscoveryTest {

    @TempDir
    Path home;

    private LocalDiscovery mine;
    private LocalDiscovery theirs;

    @BeforeEach
    void open() {
        mine = Registry.open(home);
        theirs = Registry.open(home);
    }

    @AfterEach
    void close() {
        mine.close();
        theirs.close();
    }

    @Test
    void readersSeeEachOthersInstancesWithinASecond() {
        mine.instances("orders");
        theirs.instances("orders");

        mine.register(registration("orders", "one"));
        theirs.register(registration("orders", "two"));

        for (LocalDiscovery each : List.of(mine, theirs)) {
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> names(each.instances("orders")).equals(List.of("one", "two")));
        }
        assertThat(mine.services().services()).containsExactly("orders");
    }

    @Test
    void touchesNothingOnDiskUntilItIsUsed() {
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void namesOfAnyAllowedLengthHaveFilesOfTheirOwn() {
        String service = "s".repeat(128);
        String one = "i".repeat(127) + "1";
        String two = "i".repeat(127) + "2";

        mine.register(registration(service, one));
        mine.register(registration(service, two));

        assertThat(names(theirs.instances(service))).containsExactly(one, two);
    }

    @Test
    void aRenewalKeepsTheIndexAndTheStartOfTheLease() {
        ServiceInstance first = mine.register(registration("orders", "one"));
        long index = mine.instances("orders").index();
        ServiceInstance second = mine.register(registration("orders", "one"));

        assertThat(second.registeredAt()).isEqualTo(first.registeredAt());
        assertThat(mine.instances("orders").index()).isEqualTo(index);
    }

    @Test
    void anIndexNeverComesBackWhenAServiceDoes() {
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            mine.register(registration("orders", "one"));
            seen.add(mine.instances("orders").index());
            mine.deregister("orders", "one");
            seen.add(mine.instances("orders").index());
        }
        assertThat(seen).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLeaseEndsAndItsFileIsSwept() {
        mine.register(new Registration("orders", "one", "h", 1, false, Map.of(), Duration.ofSeconds(1), true));
        assertThat(names(theirs.instances("orders"))).containsExactly("one");

        await().atMost(Duration.ofSeconds(3))
                .until(() -> theirs.instances("orders").instances().isEmpty());
        await().atMost(Duration.ofSeconds(5)).until(() -> files().isEmpty());
    }

    @Test
    void aJumpOfTheWallClockEndsNoLease() {
        WallClockOf jumped = new WallClockOf(LeaseClock.ofHost(), Duration.ofDays(400));
        mine.register(registration("orders", "one"));
        try (LocalDiscovery later = LocalDiscovery.start(Registry.context(home), jumped)) {
            assertThat(names(later.instances("orders"))).containsExactly("one");
        }
        assertThat(names(mine.instances("orders"))).containsExactly("one");
    }

    @Test
    void aLeaseOfAnotherBootIsGoneAndItsFileIsKeptAWhile() throws IOException {
        LeaseClock here = LeaseClock.ofHost();
        ServiceInstance instance = registration("orders", "old").lease(Instant.now(), Instant.now());
        put("orders@old.json", new RegistryRow(instance, "another-boot", here.millis() + 100_000, null));

        assertThat(mine.instances("orders").instances()).isEmpty();
        assertThat(files()).containsExactly("orders@old.json");
        assertThat(mine.register(registration("orders", "old")).registeredAt())
                .isAfterOrEqualTo(instance.registeredAt());
        assertThat(names(mine.instances("orders"))).containsExactly("old");
    }

    @Test
    void aLeaseWhoseOwnerDiedIsGoneAtOnce() throws Exception {
        Process owner = Commands.start(Commands.of(List.of("sleep", "60")));
        try {
            put("orders@dead.json", rowOf("dead", owner.pid()));
            assertThat(names(mine.instances("orders"))).containsExactly("dead");
        } finally {
            owner.destroyForcibly().waitFor();
        }
        await().atMost(Duration.ofSeconds(3))
                .until(() -> mine.instances("orders").instances().isEmpty());
        assertThat(files()).isEmpty();
    }

    @Test
    void aLeaseWhoseOwnersNumberIsUsedAgainIsGone() throws IOException {
        LeaseOwner self = LeaseOwner.current();
        LeaseOwner before = new LeaseOwner(self.pidNamespace(), self.pid(), self.startTicks() - 1);
        put("orders@dead.json", row("dead", before));

        assertThat(mine.instances("orders").instances()).isEmpty();
    }

    @Test
    void anOwnerInAnotherPidNamespaceIsTrustedUntilItsTtl() throws IOException {
        put("orders@far.json", row("far", new LeaseOwner("pid:[1]", 4_000_000, 1)));

        assertThat(names(mine.instances("orders"))).containsExactly("far");
    }

    @Test
    void filesThatAreNoRowsAreIgnoredCountedAndLeftAlone() throws IOException {
        mine.register(registration("orders", "one"));
        Path registry = home.resolve("registry");
        Files.createFile(registry.resolve("orders@empty.json"));
        Files.writeString(registry.resolve("orders@half.json"), "{\"instance\":{\"serv");
        Files.writeString(registry.resolve("orders@null.json"), "null");
        Files.writeString(registry.resolve("orders@array.json"), "[[[[");
        Files.writeString(registry.resolve("README"), "hello");
        Files.write(registry.resolve("orders@huge.json"), new byte[300_000]);
        Files.createDirectory(registry.resolve("orders@dir.json"));
        Files.copy(registry.resolve("orders@one.json"), registry.resolve("orders@other.json"));
        Files.createSymbolicLink(registry.resolve("orders@link.json"), Path.of("/dev/zero"));

        LocalContext context = Registry.context(home);
        try (LocalDiscovery reader = LocalDiscovery.start(context, DiscoveryOptions.defaults())) {
            assertThat(names(reader.instances("orders"))).containsExactly("one");
            assertThat(context.meters().get("sidecar.discovery.damaged").gauge().value())
                    .isEqualTo(9);
        }
        assertThat(files()).hasSize(10);
    }

    @Test
    void anOldDamagedRowIsRemovedAndAStrangersFileIsNot() throws IOException {
        Path registry = Files.createDirectories(home.resolve("registry"));
        Path damaged = Files.createFile(registry.resolve("orders@empty.json"));
        Path foreign = Files.writeString(registry.resolve("notes.txt"), "mine");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(damaged, old);
        Files.setLastModifiedTime(foreign, old);

        mine.services();

        assertThat(files()).containsExactly("notes.txt");
    }

    @Test
    void stagingFilesOfTheDeadAreSwept() throws Exception {
        Process writer = Commands.start(Commands.of(List.of("true")));
        writer.waitFor();
        Path registry = Files.createDirectories(home.resolve("registry"));
        Path left = Files.createFile(registry.resolve(AtomicFiles.STAGING_PREFIX + writer.pid() + "-1"));
        Path running = Files.createFile(registry.resolve(AtomicFiles.STAGING_PREFIX + "1-1"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(2)));
        Files.setLastModifiedTime(running, FileTime.from(Instant.now().minusSeconds(2)));

        mine.services();

        assertThat(left).doesNotExist();
        assertThat(running).exists();
    }

    @Test
    void aRegistryThatWasRemovedIsMadeAgainAndFollowed() throws IOException {
        mine.register(registration("orders", "one"));
        theirs.instances("orders");
        Path registry = home.resolve("registry");
        Files.move(registry, home.resolve("away"));

        await().atMost(Duration.ofSeconds(3))
                .until(() -> theirs.instances("orders").instances().isEmpty());
        mine.register(registration("orders", "two"));
        await().atMost(Duration.ofSeconds(1))
                .until(() -> names(theirs.instances("orders")).equals(List.of("two")));
    }

    @Test
    void theLastKnownListIsGivenWhileTheDirectoryCannotBeRead() throws IOException {
        mine.register(registration("orders", "one"));
        assertThat(mine.instances("orders").staleSince()).isNull();
        Path registry = home.resolve("registry");
        Files.move(registry, home.resolve("away"));
        Files.createFile(registry);

        await().atMost(Duration.ofSeconds(3))
                .until(() -> mine.instances("orders").staleSince() != null);
        assertThat(names(mine.instances("orders"))).containsExactly("one");
        assertThat(mine.services().staleSince()).isNotNull();
        assertThatThrownBy(() -> mine.register(registration("orders", "two")))
                .isInstanceOfSatisfying(SidecarException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("registry-unavailable");
                    assertThat(refused.problem().status()).isEqualTo(503);
                    assertThat(refused).hasMessageContaining(registry.toString());
                });

        Files.delete(registry);
        Files.move(home.resolve("away"), registry);
        await().atMost(Duration.ofSeconds(3))
                .until(() -> mine.instances("orders").staleSince() == null);
    }

    @Test
    void closingWithdrawsWhatItWroteAndNothingElse() {
        mine.register(registration("orders", "mine"));
        theirs.register(registration("orders", "theirs"));

        mine.close();

        assertThat(names(theirs.instances("orders"))).containsExactly("theirs");
    }

    @Test
    void closingAnswersThoseWhoWait() throws Exception {
        long index = mine.instances("orders").index();
        CompletableFuture<ServiceInstances> waiting = mine.changed("orders", index, Duration.ofMinutes(1));

        mine.close();

        assertThat(waiting.get(2, TimeUnit.SECONDS).index()).isEqualTo(index);
        assertThatThrownBy(() -> mine.register(registration("orders", "one"))).isInstanceOf(SidecarException.class);
    }

    @Test
    void aListenerThatHangsDelaysNoOther() {
        CountDownLatch never = new CountDownLatch(1);
        List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
        try (Subscription stuck = mine.watch("orders", list -> awaitQuietly(never));
                Subscription ignored = mine.watch("orders", list -> seen.add(names(list)))) {
            mine.register(registration("orders", "one"));
            await().atMost(Duration.ofSeconds(2)).until(() -> seen.contains(List.of("one")));
            never.countDown();
        }
    }

    @Test
    void aReaderInATightLoopNeverSeesHalfARow() throws Exception {
        Map<String, String> big = Map.of("v", "x".repeat(8_000));
        LocalContext context = Registry.context(home);
        AtomicInteger writes = new AtomicInteger();
        try (LocalDiscovery reader = LocalDiscovery.start(context, DiscoveryOptions.defaults())) {
            mine.register(registration("orders", "one").withMetadata(big));
            reader.services();
            RegistryDirectory directory = new RegistryDirectory(context.home());
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                while (writes.incrementAndGet() < 2_000) {
                    mine.register(registration("orders", "one").withMetadata(big));
                }
            });
            int reads = 0;
            while (!writer.isDone()) {
                assertThat(directory.read("orders@one.json")).isInstanceOf(RegistryFile.Present.class);
                assertThat(names(reader.instances("orders"))).containsExactly("one");
                reads++;
            }
            writer.get(1, TimeUnit.SECONDS);
            assertThat(reads).isPositive();
            assertThat(context.meters().get("sidecar.discovery.damaged").gauge().value())
                    .isZero();
        }
    }

    @Test
    void aNewerRowIsNotLostWhenAnEndedOneIsRemoved() throws IOException {
        RegistryDirectory directory =
                new RegistryDirectory(Registry.context(home).home());
        mine.register(registration("orders", "one"));

        directory.remove("orders@one.json", file -> false);

        assertThat(directory.read("orders@one.json")).isInstanceOf(RegistryFile.Present.class);
        assertThat(files()).containsExactly("orders@one.json");
    }

    private record WallClockOf(LeaseClock clock, Duration ahead) implements LeaseClock {
        @Override
        public String boot() {
            return clock.boot();
        }

        @Override
        public long millis() {
            return clock.millis();
        }

        @Override
        public Instant wall() {
            return clock.wall().plus(ahead);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RegistryRow rowOf(String instance, long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        long start = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
        return row(instance, new LeaseOwner(LeaseOwner.current().pidNamespace(), pid, start));
    }

    private static RegistryRow row(String instance, LeaseOwner owner) {
        LeaseClock clock = LeaseClock.ofHost();
        return new RegistryRow(
                registration("orders", instance).lease(clock.wall(), clock.wall()),
                clock.boot(),
                clock.millis() + 30_000,
                owner);
    }

    private void put(String name, RegistryRow row) throws IOException {
        Path registry = Files.createDirectories(home.resolve("registry"));
        Files.write(registry.resolve(name), SidecarJson.mapper().writeValueAsBytes(row));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("registry"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
