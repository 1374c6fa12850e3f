package dev.sidecar.tck.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigLimits;
import dev.sidecar.config.ConfigValues;
import dev.sidecar.config.ConfigVersion;
import dev.sidecar.runtime.Threads;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.Refusals;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.SidecarContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What {@link Config} promises, whoever delivers it. */
public interface ConfigContract extends SidecarContract {

    Duration SOON = Duration.ofSeconds(5);

    @Test
    @Clause("CFG-01")
    default void readsWhatWasWrittenWithVersionOriginTimeAndWriter() {
        String key = Fresh.name("orders") + ".db.url";
        Instant before = Instant.now().minusSeconds(1);

        ConfigEntry written = put(key, "\"jdbc:x\"");

        assertThat(written.key()).isEqualTo(key);
        assertThat(written.value().asString()).isEqualTo("jdbc:x");
        assertThat(written.version()).isEqualTo(1);
        assertThat(written.origin()).isEqualTo(ConfigEntry.STORE);
        assertThat(written.who()).isEqualTo(Setup.NAME + "/" + Setup.INSTANCE);
        assertThat(written.updatedAt()).isAfter(before);
        assertThat(written.staleSince()).isNull();
        assertThat(config().get(key)).contains(written);
    }

    @Test
    @Clause("CFG-02")
    default void takesAnyJsonValueAndGivesItBackAsItWas() {
        String key = Fresh.name("any");
        for (String json : List.of(
                "null",
                "false",
                "0",
                "-1.50",
                "123456789012345678901234567890.123456789",
                "\"\"",
                "\"käse 🧀 \\\" \\n \\u0000\"",
                "[]",
                "[1,[2,{\"a\":null}]]",
                "{\"b\":{\"a\":1},\"a\":[]}")) {
            JsonNode value = ConfigValues.parse(json);
            assertThat(config().put(key, value, ConfigCondition.any()).value().toString())
                    .isEqualTo(value.toString());
            assertThat(config().get(key).orElseThrow().value().toString()).isEqualTo(value.toString());
        }
    }

    @Test
    @Clause("CFG-03")
    default void aKeyWithoutAValueIsEmpty() {
        String key = Fresh.name("nobody");

        assertThat(config().get(key)).isEmpty();
        assertThat(config().delete(key, ConfigCondition.any())).isFalse();
        assertThat(config().entries(key).entries()).isEmpty();
        assertThat(config().history(key).versions()).isEmpty();
    }

    @Test
    @Clause("CFG-04")
    default void listsAKeyAndWhatIsBelowItInOrder() {
        String key = Fresh.name("orders");
        for (String each : List.of(key + ".b", key, key + ".a.x", key + "x", key + ".h[0]")) {
            put(each, "1");
        }

        ConfigEntries list = config().entries(key);

        assertThat(list.entries())
                .extracting(ConfigEntry::key)
                .containsExactly(key, key + ".a.x", key + ".b", key + ".h[0]");
        assertThat(list.staleSince()).isNull();
        assertThat(config().entries(key + ".")).isEqualTo(list);
        assertThat(config().entries("").entries()).containsAll(list.entries());
    }

    @Test
    @Clause("CFG-05")
    default void aVersionIsNeverUsedTwice() {
        String key = Fresh.name("a");
        put(key, "1");
        assertThat(put(key, "1").version()).isEqualTo(2);
        assertThat(config().delete(key, ConfigCondition.any())).isTrue();
        assertThat(config().get(key)).isEmpty();

        assertThat(put(key, "2").version()).isEqualTo(4);
    }

    @Test
    @Clause("CFG-06")
    default void comparesAndSets() {
        String key = Fresh.name("a");
        put(key, "1");

        assertThat(config().put(key, json("2"), ConfigCondition.version(1)).version())
                .isEqualTo(2);
        refused(
                "version-mismatch",
                c -> c.put(key, json("3"), ConfigCondition.version(1)),
                key,
                "its current version is 2");
        refused("version-mismatch", c -> c.delete(key, ConfigCondition.version(1)), key, "its current version is 2");
        assertThat(config().get(key).orElseThrow().value()).isEqualTo(json("2"));
        assertThat(config().delete(key, ConfigCondition.version(2))).isTrue();
        refused("version-mismatch", c -> c.put(key, json("3"), ConfigCondition.version(3)), key, "no value");
    }

    @Test
    @Clause("CFG-07")
    default void createsOnlyWhereThereIsNone() {
        String key = Fresh.name("a");

        assertThat(config().put(key, json("1"), ConfigCondition.absent()).version())
                .isEqualTo(1);
        refused(
                "version-mismatch",
                c -> c.put(key, json("2"), ConfigCondition.absent()),
                key,
                "its current version is 1");
        config().put(key, json("2"), ConfigCondition.present());
        config().delete(key, ConfigCondition.present());
        refused("version-mismatch", c -> c.put(key, json("4"), ConfigCondition.present()), key, "no value");
        assertThat(config().put(key, json("4"), ConfigCondition.absent()).version())
                .isEqualTo(4);
    }

    @Test
    @Clause("CFG-08")
    default void ofManyWhoCompareAndSetOneWins() {
        String key = Fresh.name("counter");
        put(key, "0");
        List<Thread> writers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(Threads.named("tck-writer", () -> {
                for (int n = 0; n < 10; n++) {
                    increment(key);
                }
            }));
        }
        writers.forEach(Thread::start);
        await().atMost(Duration.ofSeconds(30)).until(() -> writers.stream().noneMatch(Thread::isAlive));

        assertThat(config().get(key).orElseThrow().value().asInt()).isEqualTo(40);
        assertThat(config().get(key).orElseThrow().version()).isEqualTo(41);
    }

    private void increment(String key) {
        while (true) {
            ConfigEntry current = config().get(key).orElseThrow();
            Long version = current.version();
            try {
                config().put(
                                key,
                                json(Integer.toString(current.value().asInt() + 1)),
                                ConfigCondition.version(version == null ? 0 : version));
                return;
            } catch (SidecarException e) {
                assertThat(e.code()).isEqualTo("version-mismatch");
            }
        }
    }

    @Test
    @Clause("CFG-09")
    default void keepsHistoryNewestFirst() {
        String key = Fresh.name("a");
        put(key, "1");
        put(key, "2");
        config().delete(key, ConfigCondition.any());

        assertThat(config().history(key).versions())
                .extracting(ConfigVersion::version, ConfigVersion::deleted, ConfigVersion::value, ConfigVersion::who)
                .containsExactly(
                        tuple(3L, true, null, Setup.NAME + "/" + Setup.INSTANCE),
                        tuple(2L, false, json("2"), Setup.NAME + "/" + Setup.INSTANCE),
                        tuple(1L, false, json("1"), Setup.NAME + "/" + Setup.INSTANCE));
    }

    @Test
    @Clause("CFG-10")
    default void rollsBackToAnOldVersionAsANewOne() {
        String key = Fresh.name("a");
        put(key, "1");
        put(key, "2");

        ConfigEntry back = config().rollback(key, 1, ConfigCondition.version(2));

        assertThat(back.version()).isEqualTo(3);
        assertThat(back.value()).isEqualTo(json("1"));
        assertThat(config().get(key)).contains(back);
        config().delete(key, ConfigCondition.any());
        assertThat(config().rollback(key, 2, ConfigCondition.any()).version()).isEqualTo(5);
        refused("unknown-version", c -> c.rollback(key, 4, ConfigCondition.any()), key, "'4'");
        refused("unknown-version", c -> c.rollback(key, 99, ConfigCondition.any()), key, "'99'");
        refused("version-mismatch", c -> c.rollback(key, 1, ConfigCondition.version(4)), key, "version is 5");
    }

    @Test
    @Clause("CFG-11")
    default void refusesWhatIsNoKey() {
        for (String bad : List.of("", ".", "a..b", ".a", "a.", "two words", "a/b", "ü", "x".repeat(256), "a[x]")) {
            Refusals.assertRefused(
                    sidecar(), "invalid-key", s -> s.config().put(bad, json("1"), ConfigCondition.any()));
            Refusals.assertRefused(sidecar(), "invalid-key", s -> s.config().get(bad));
        }
    }

    @Test
    @Clause("CFG-12")
    default void refusesAValueAboveTheLimitByItsName() {
        String key = Fresh.name("large");
        String largest = "x".repeat(ConfigLimits.MAX_VALUE_BYTES - 2);

        config().put(key, StringNode.valueOf(largest), ConfigCondition.any());
        Refusals.assertRefused(sidecar(), "value-too-large", s -> s.config()
                .put(key, StringNode.valueOf(largest + "x"), ConfigCondition.any()));
        assertThat(config().get(key).orElseThrow().value().asString()).isEqualTo(largest);
    }

    @Test
    @Clause("CFG-13")
    default void watchingTellsEachChangeFromNowOnInOrder() {
        String key = Fresh.name("watched");
        put(key, "0");
        List<ConfigChange> seen = new CopyOnWriteArrayList<>();
        try (Subscription watch = config().watch(key, Config.NOW, seen::add)) {
            put(key, "1");
            put(Fresh.name("other"), "1");
            put(key + ".below", "2");
            config().delete(key, ConfigCondition.any());

            await().atMost(SOON).untilAsserted(() -> assertThat(seen)
                    .extracting(ConfigChange::type, ConfigChange::key, ConfigChange::version, ConfigChange::value)
                    .containsExactly(
                            tuple(ConfigChange.Type.PUT, key, 2L, json("1")),
                            tuple(ConfigChange.Type.PUT, key + ".below", 1L, json("2")),
                            tuple(ConfigChange.Type.DELETE, key, 3L, null)));
            assertThat(seen).extracting(ConfigChange::index).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    @Clause("CFG-14")
    default void watchingGoesOnAfterTheIndexThatIsGiven() {
        String key = Fresh.name("watched");
        put(key, "0");
        long index = config().entries(key).index();
        assertThat(config().index()).isGreaterThanOrEqualTo(index);
        put(key, "1");
        put(key, "2");
        List<ConfigChange> seen = new CopyOnWriteArrayList<>();
        try (Subscription watch = config().watch(key, index, seen::add)) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(seen).extracting(ConfigChange::version).containsExactly(2L, 3L));
        }
        List<ConfigChange> later = new CopyOnWriteArrayList<>();
        try (Subscription watch = config().watch(key, seen.get(0).index(), later::add)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(later).containsExactly(seen.get(1)));
        }
    }

    @Test
    @Clause("CFG-15")
    default void callsNobodyAfterAWatchOfConfigIsClosed() {
        String key = Fresh.name("watched");
        List<ConfigChange> closed = new CopyOnWriteArrayList<>();
        List<ConfigChange> open = new CopyOnWriteArrayList<>();
        try (Subscription other = config().watch(key, Config.NOW, open::add)) {
            config().watch(key, Config.NOW, closed::add).close();
            put(key, "1");
            await().atMost(SOON).until(() -> !open.isEmpty());
        }
        assertThat(closed).isEmpty();
    }

    @Test
    @Clause("CFG-16")
    default void aWatcherOfConfigThatThrowsIsCalledAgain() {
        String key = Fresh.name("watched");
        List<ConfigChange> seen = new CopyOnWriteArrayList<>();
        try (Subscription watch = config().watch(key, Config.NOW, change -> {
            seen.add(change);
            throw new IllegalStateException("on purpose");
        })) {
            put(key, "1");
            put(key, "2");
            await().atMost(SOON).untilAsserted(() -> assertThat(seen).hasSize(2));
        }
    }

    @Test
    @Clause("CFG-17")
    default void everybodyOnTheHostReadsAWriteAtOnceAndIsToldOfItSoon() {
        String key = Fresh.name("shared");
        List<ConfigChange> mine = new CopyOnWriteArrayList<>();
        List<ConfigChange> theirs = new CopyOnWriteArrayList<>();
        try (Sidecar neighbour = Setup.neighbour(home());
                Subscription here = config().watch(key, Config.NOW, mine::add);
                Subscription there = neighbour.config().watch(key, Config.NOW, theirs::add)) {
            ConfigEntry written = put(key, "1");
            assertThat(neighbour.config().get(key)).contains(written);
            neighbour.config().put(key, json("2"), ConfigCondition.version(1));
            assertThat(config().get(key).orElseThrow().who()).isEqualTo("neighbour/neighbour-1");

            await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(mine).extracting(ConfigChange::version).containsExactly(1L, 2L);
                assertThat(theirs).isEqualTo(mine);
            });
        }
    }

    private void refused(String code, Consumer<Config> command, String... words) {
        Throwable thrown = catchThrowable(() -> command.accept(config()));
        assertThat(thrown).isInstanceOf(SidecarException.class).hasMessageContainingAll(words);
        assertThat(((SidecarException) thrown).code()).isEqualTo(code);
    }

    private Config config() {
        return sidecar().config();
    }

    private ConfigEntry put(String key, String json) {
        return config().put(key, json(json), ConfigCondition.any());
    }

    private static JsonNode json(String text) {
        return ConfigValues.parse(text);
    }
}
