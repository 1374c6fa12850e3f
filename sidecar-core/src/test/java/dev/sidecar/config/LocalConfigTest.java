package dev.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.config.ConfigLayer.LayerValue;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class LocalConfigTest {

    @TempDir
    Path home;

    private final List<LocalConfig> open = new ArrayList<>();
    private LocalConfig config;

    @BeforeEach
    void start() {
        config = start("orders", ConfigOptions.defaults());
    }

    @AfterEach
    void stop() {
        open.forEach(LocalConfig::close);
    }

    @Test
    void opensNothingUntilItIsUsed() {
        assertThat(home.resolve("config")).doesNotExist();
        config.entries("");
        assertThat(home.resolve("config/store.db")).exists();
    }

    @Test
    void leavesNothingThatMakesItsDirectoryAgain() throws Exception {
        config.put("a", json("1"), ConfigCondition.any());
        for (int round = 0; round < 50; round++) {
            LocalConfig watching = start("billing", ConfigOptions.defaults());
            watching.watch("", Config.NOW, change -> {});
            watching.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("sidecar-config-watch");
        }
        Path elsewhere = home.resolve("elsewhere");
        LocalConfig closed = LocalConfig.start(
                new LocalContext(
                        new Identity("orders", "orders-1", "localhost"),
                        new SidecarHome(elsewhere),
                        new SimpleMeterRegistry()),
                ConfigOptions.defaults());
        closed.close();
        assertThatThrownBy(() -> closed.entries("")).hasMessageContaining("it is closed");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void countsItsWritesByOutcomeUntilItIsClosed() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LocalConfig counted = LocalConfig.start(
                new LocalContext(new Identity("orders", "orders-1", "localhost"), new SidecarHome(home), meters),
                ConfigOptions.defaults());

        counted.put("a", json("1"), ConfigCondition.any());
        assertThatThrownBy(() -> counted.put("a", json("2"), ConfigCondition.absent()))
                .isInstanceOf(SidecarException.class);
        counted.watch("", Config.NOW, change -> {});

        assertThat(meters.get("sidecar.config.writes")
                        .tag("outcome", "written")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sidecar.config.writes")
                        .tag("outcome", "conflict")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sidecar.config.watchers").gauge().value()).isEqualTo(1);
        assertThat(meters.get("sidecar.config.trouble").gauge().value()).isZero();
        counted.close();
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void countsVersionsOfEachKeyAndNeverUsesOneTwice() {
        assertThat(put("a", "1").version()).isEqualTo(1);
        assertThat(put("a", "2").version()).isEqualTo(2);
        assertThat(put("b", "3").version()).isEqualTo(1);
        assertThat(config.delete("a", ConfigCondition.any())).isTrue();
        assertThat(config.get("a")).isEmpty();
        assertThat(config.delete("a", ConfigCondition.any())).isFalse();
        assertThat(put("a", "4").version()).isEqualTo(4);
    }

    @Test
    void saysWhatWhereWhoAndWhen() {
        ConfigEntry written = put("orders.db.url", "\"jdbc:x\"");

        assertThat(written.origin()).isEqualTo("store");
        assertThat(written.who()).isEqualTo("orders/orders-1");
        assertThat(written.updatedAt()).isNotNull();
        assertThat(config.get("orders.db.url")).contains(written);
        assertThat(config.entries("").entries()).containsExactly(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "1.10",
                "12345678901234567890.123",
                "\"\\u00e4\\ud83d\\ude00\\u0000\"",
                "[]",
                "{\"a\":{\"b\":[1,null]}}"
            })
    void keepsAnyJsonAsItIs(String json) {
        put("any", json);
        assertThat(config.get("any").orElseThrow().value()).isEqualTo(ConfigValues.parse(json));
        assertThat(config.get("any").orElseThrow().value().toString())
                .isEqualTo(ConfigValues.parse(json).toString());
    }

    @Test
    void refusesAWriteWhoseConditionDoesNotHold() {
        put("a", "1");

        assertThatThrownBy(() -> config.put("a", json("2"), ConfigCondition.absent()))
                .satisfies(mismatch("a", 1));
        assertThatThrownBy(() -> config.put("a", json("2"), ConfigCondition.version(7)))
                .satisfies(mismatch("a", 1));
        assertThatThrownBy(() -> config.delete("a", ConfigCondition.version(2))).satisfies(mismatch("a", 1));
        assertThatThrownBy(() -> config.put("b", json("2"), ConfigCondition.version(1)))
                .satisfies(mismatch("b", 0));
        assertThat(config.put("a", json("2"), ConfigCondition.version(1)).version())
                .isEqualTo(2);
        assertThat(config.delete("a", ConfigCondition.version(2))).isTrue();
        assertThat(config.put("a", json("4"), ConfigCondition.absent()).version())
                .isEqualTo(4);
    }

    private static java.util.function.Consumer<Throwable> mismatch(String key, long current) {
        return failure -> {
            SidecarException refused = (SidecarException) failure;
            assertThat(refused.problem().status()).isEqualTo(412);
            assertThat(refused.code()).isEqualTo("version-mismatch");
            assertThat(refused.problem().errors()).containsExactly(Map.of("key", key, "currentVersion", current));
        };
    }

    @Test
    void keepsHistoryAndMakesAnOldVersionCurrentAsANewOne() {
        put("a", "1");
        put("a", "2");
        config.delete("a", ConfigCondition.any());

        assertThat(config.rollback("a", 1, ConfigCondition.any()).version()).isEqualTo(4);
        assertThat(config.get("a").orElseThrow().value()).isEqualTo(json("1"));
        assertThat(config.history("a").versions())
                .extracting(ConfigVersion::version, ConfigVersion::deleted)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(4L, false),
                        org.assertj.core.groups.Tuple.tuple(3L, true),
                        org.assertj.core.groups.Tuple.tuple(2L, false),
                        org.assertj.core.groups.Tuple.tuple(1L, false));
        assertThatThrownBy(() -> config.rollback("a", 3, ConfigCondition.any()))
                .hasMessageContaining("'3'")
                .extracting("problem.code")
                .isEqualTo("unknown-version");
        assertThat(config.history("never").versions()).isEmpty();
    }

    @Test
    void listsAKeyAndWhatIsBelowIt() {
        List.of("orders", "orders.a", "orders.hosts[0]", "ordersx", "other").forEach(key -> put(key, "1"));

        assertThat(keys("orders")).containsExactly("orders", "orders.a", "orders.hosts[0]");
        assertThat(keys("orders.")).containsExactly("orders", "orders.a", "orders.hosts[0]");
        assertThat(keys("")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a b", "a/b", "ä", "a\u0000", "a[", "a[x]", "[0]", "a\n"})
    void refusesWhatIsNoKey(String key) {
        assertThatThrownBy(() -> config.put(key, json("1"), ConfigCondition.any()))
                .hasMessageStartingWith("key: '" + key + "'")
                .extracting("problem.code")
                .isEqualTo("invalid-key");
    }

    @Test
    void refusesAValueAboveTheLimitAndTakesOneAtIt() {
        String largest = "x".repeat(ConfigLimits.MAX_VALUE_BYTES - 2);

        put("large", "\"" + largest + "\"");
        assertThatThrownBy(() -> config.put("large", StringNode.valueOf(largest + "x"), ConfigCondition.any()))
                .hasMessageContaining("524288")
                .hasMessageContaining("512 KiB")
                .extracting("problem.code")
                .isEqualTo("value-too-large");
        assertThat(config.get("large").orElseThrow().value().asString()).isEqualTo(largest);
    }

    @Test
    void tellsEveryChangeByAnybodyFromAnyPlaceOn() {
        LocalConfig neighbour = start("inventory", ConfigOptions.defaults());
        put("a", "1");
        long after = config.entries("").index();
        List<ConfigChange> all = new CopyOnWriteArrayList<>();
        List<ConfigChange> later = new CopyOnWriteArrayList<>();
        List<ConfigChange> fromNow = new CopyOnWriteArrayList<>();

        config.watch("", 0, all::add);
        config.watch("b", after, later::add);
        config.watch("", Config.NOW, fromNow::add);
        neighbour.put("b.x", json("2"), ConfigCondition.any());
        neighbour.put("c", json("3"), ConfigCondition.any());
        neighbour.delete("b.x", ConfigCondition.any());

        await().untilAsserted(() -> assertThat(all)
                .extracting(change -> change.type() + " " + change.key() + " " + change.version())
                .containsExactly("PUT a 1", "PUT b.x 1", "PUT c 1", "DELETE b.x 2"));
        await().untilAsserted(
                        () -> assertThat(later).extracting(ConfigChange::key).containsExactly("b.x", "b.x"));
        await().untilAsserted(() -> assertThat(fromNow).containsExactlyElementsOf(all.subList(1, 4)));
        assertThat(all).extracting(ConfigChange::index).isSorted().doesNotHaveDuplicates();
        assertThat(all.get(1).who()).isEqualTo("inventory/inventory-1");
    }

    @Test
    void callsNobodyAfterAWatchWasClosed() {
        List<ConfigChange> seen = new CopyOnWriteArrayList<>();
        List<ConfigChange> other = new CopyOnWriteArrayList<>();
        config.watch("", Config.NOW, other::add);
        Subscription watch = config.watch("", Config.NOW, seen::add);

        watch.close();
        put("a", "1");

        await().untilAsserted(() -> assertThat(other).hasSize(1));
        assertThat(seen).isEmpty();
    }

    @Test
    void lowerLayersShowWhereTheStoreHasNothing() {
        AtomicReference<Map<String, LayerValue>> values = new AtomicReference<>(Map.of(
                "a", new LayerValue(json("\"file\""), "file:/etc/a"), "b", new LayerValue(json("1"), "file:/etc/b")));
        AtomicReference<Runnable> changed = new AtomicReference<>(() -> {});
        LocalConfig layered = start(
                "orders",
                new ConfigOptions(List.of(
                        new TestLayer(
                                "defaults",
                                new AtomicReference<>(Map.of("a", new LayerValue(json("0"), "d"))),
                                new AtomicReference<>()),
                        new TestLayer("files", values, changed))));

        assertThat(layered.get("a").orElseThrow().origin()).isEqualTo("file:/etc/a");
        layered.put("a", json("2"), ConfigCondition.absent());
        assertThat(layered.entries("").entries())
                .extracting(ConfigEntry::key, ConfigEntry::origin)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "store"),
                        org.assertj.core.groups.Tuple.tuple("b", "file:/etc/b"));

        List<ConfigChange> seen = new CopyOnWriteArrayList<>();
        layered.watch("", Config.NOW, seen::add);
        values.set(Map.of("a", new LayerValue(json("3"), "file:/etc/a")));
        changed.get().run();
        await().untilAsserted(() -> assertThat(seen)
                .extracting(change -> change.type() + " " + change.key())
                .containsExactly("DELETE b"));
        layered.delete("a", ConfigCondition.any());
        assertThat(layered.get("a").orElseThrow().value()).isEqualTo(json("3"));
    }

    private record TestLayer(
            String name, AtomicReference<Map<String, LayerValue>> values, AtomicReference<Runnable> changed)
            implements ConfigLayer {

        @Override
        public Map<String, LayerValue> snapshot() {
            return values.get();
        }

        @Override
        public Subscription onChange(Runnable listener) {
            changed.set(listener);
            return () -> {};
        }
    }

    @Test
    void aDamagedStoreIsKeptAsideAndWatchersAreToldToReadAgain() throws Exception {
        put("a", "1");
        List<ConfigChange> seen = new CopyOnWriteArrayList<>();
        config.watch("", Config.NOW, seen::add);
        put("a", "2");
        await().untilAsserted(() -> assertThat(seen).hasSize(1));

        LocalConfig neighbour = start("inventory", ConfigOptions.defaults());
        neighbour.entries("");
        Path store = home.resolve("config/store.db");
        Files.writeString(home.resolve("rubbish"), "this is no database ".repeat(1000));
        dev.sidecar.runtime.AtomicFiles.move(home.resolve("rubbish"), store);
        Files.deleteIfExists(home.resolve("config/store.db-wal"));
        Files.deleteIfExists(home.resolve("config/store.db-shm"));

        assertThat(neighbour.put("b", json("3"), ConfigCondition.any()).version())
                .isEqualTo(1);
        assertThat(home.resolve("config/store.db.damaged")).exists();
        assertThat(config.get("b").orElseThrow().value()).isEqualTo(json("3"));
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(seen)
                .extracting(change -> change.type() + " " + change.key())
                .containsExactly("PUT a", "RESET ", "PUT b"));
    }

    @Test
    void anUnusableHomeIsAClearRefusalAndUsedAgainOnceItIsThere() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        LocalConfig homeless = start("orders", file.resolve("home"), ConfigOptions.defaults());

        assertThatThrownBy(() -> homeless.put("a", json("1"), ConfigCondition.any()))
                .hasMessageContaining("sidecar.home")
                .satisfies(e ->
                        assertThat(((SidecarException) e).problem().status()).isEqualTo(503))
                .extracting("problem.code")
                .isEqualTo("config-store-unavailable");
        assertThat(homeless.trouble()).isNotNull();

        Files.delete(file);
        homeless.put("a", json("1"), ConfigCondition.any());
        assertThat(homeless.trouble()).isNull();
    }

    private List<String> keys(String prefix) {
        return config.entries(prefix).entries().stream().map(ConfigEntry::key).toList();
    }

    private ConfigEntry put(String key, String json) {
        return config.put(key, json(json), ConfigCondition.any());
    }

    private static JsonNode json(String text) {
        return ConfigValues.parse(text);
    }

    private LocalConfig start(String name, ConfigOptions options) {
        return start(name, home, options);
    }

    private LocalConfig start(String name, Path directory, ConfigOptions options) {
        LocalConfig started = LocalConfig.start(
                new LocalContext(
                        new Identity(name, name + "-1", "localhost"),
                        new SidecarHome(directory),
                        new SimpleMeterRegistry()),
                options);
        open.add(started);
        return started;
    }
}
