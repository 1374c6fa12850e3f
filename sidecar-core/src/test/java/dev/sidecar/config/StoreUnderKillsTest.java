package dev.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes at full speed is killed at a random moment, again and again; a ledger says what it was told. */
class StoreUnderKillsTest {

    private static final int ROUNDS = Integer.getInteger("sidecar.test.config.kills", 12);

    /** The whole history is read after each. */
    private static final int ROUNDS_OF_ONE_STORE = 10;

    @TempDir
    Path directory;

    private Process writer;

    @AfterEach
    void end() {
        if (writer != null) {
            writer.destroyForcibly();
        }
    }

    @Test
    void nothingThatWasAcknowledgedIsLostAndEveryStartSucceeds() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % ROUNDS_OF_ONE_STORE == 0) {
                before = 0;
            }
            Path home = directory.resolve("home-" + round / ROUNDS_OF_ONE_STORE);
            Path ledger = directory.resolve("ledger");
            Files.deleteIfExists(ledger);
            writer = Stores.start(StoreWriter.class, home, round * 2, 2, 1_000_000, 5, 20_000, ledger);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(ledger) && Files.size(ledger) > 0);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(250)));
            writer.destroyForcibly().waitFor();

            try (LocalConfig config = Stores.open(home, "reader")) {
                long index = config.index();
                assertThat(index).as("round %d, seed %d", round, seed).isGreaterThan(before);
                before = index;
                Map<String, Integer> kept = new TreeMap<>();
                for (ConfigEntry entry : config.entries("").entries()) {
                    List<ConfigVersion> versions = config.history(entry.key()).versions();
                    assertThat(versions.get(0).value()).isEqualTo(entry.value());
                    for (int i = 0; i < versions.size(); i++) {
                        ConfigVersion version = versions.get(i);
                        assertThat(version.version()).isEqualTo(versions.size() - i);
                        kept.put(
                                entry.key() + " " + version.version(),
                                String.valueOf(
                                                version.value() == null
                                                        ? null
                                                        : version.value().asString())
                                        .hashCode());
                    }
                }
                List<String> acknowledged = Files.readAllLines(ledger);
                for (String line : acknowledged.subList(
                        0, acknowledged.size() - (Files.readString(ledger).endsWith("\n") ? 0 : 1))) {
                    int blank = line.lastIndexOf(' ');
                    assertThat(kept)
                            .as("round %d, seed %d", round, seed)
                            .containsEntry(line.substring(0, blank), Integer.valueOf(line.substring(blank + 1)));
                }
                config.put("probe", ConfigValues.parse("1"), ConfigCondition.any());
            }
            assertThat(home.resolve("config/store.db.damaged")).doesNotExist();
        }
    }
}
