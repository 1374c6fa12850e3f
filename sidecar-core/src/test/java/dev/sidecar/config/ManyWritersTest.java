package dev.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes write to one store while watchers come and go. */
class ManyWritersTest {

    private static final int CHANGES = Integer.getInteger("sidecar.test.config.changes", 10_000);
    private static final int PROCESSES = 4;
    private static final int WRITERS_EACH = 2;
    private static final int WATCHERS = 3;

    @TempDir
    Path directory;

    private final List<Process> writers = new ArrayList<>();

    @AfterEach
    void end() {
        writers.forEach(Process::destroyForcibly);
    }

    @Test
    void everyWatcherThatReconnectsAtRandomEndsWithTheSameHistory() throws Exception {
        Path home = directory.resolve("home");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LocalConfig config = Stores.open(home, "watcher")) {
            config.index();
            List<Watcher> watchers = new ArrayList<>();
            for (int i = 0; i < WATCHERS; i++) {
                watchers.add(new Watcher(config));
            }
            for (int i = 0; i < PROCESSES; i++) {
                writers.add(Stores.start(
                        StoreWriter.class,
                        home,
                        i * WRITERS_EACH,
                        WRITERS_EACH,
                        CHANGES / PROCESSES / WRITERS_EACH,
                        20,
                        64,
                        directory.resolve("ledger-" + i)));
            }
            await("all changes, seed " + seed)
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        watchers.get(random.nextInt(WATCHERS)).reconnect();
                        return watchers.stream().allMatch(watcher -> watcher.size() >= CHANGES);
                    });
            watchers.forEach(Watcher::close);

            List<ConfigChange> history = watchers.get(0).seen();
            assertThat(history).hasSize(CHANGES);
            for (int i = 0; i < CHANGES; i++) {
                assertThat(history.get(i).index()).as("seed %d", seed).isEqualTo(i + 1);
            }
            for (Watcher watcher : watchers) {
                assertThat(watcher.seen()).isEqualTo(history);
            }
            assertThat(versions(history)).isEqualTo(acknowledged());
        }
    }

    private static Map<String, Integer> versions(List<ConfigChange> history) {
        Map<String, Integer> versions = new TreeMap<>();
        for (ConfigChange change : history) {
            versions.put(
                    change.key() + " " + change.version(),
                    String.valueOf(
                                    change.value() == null
                                            ? null
                                            : change.value().asString())
                            .hashCode());
        }
        return versions;
    }

    private Map<String, Integer> acknowledged() throws Exception {
        Map<String, Integer> versions = new TreeMap<>();
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(writers.get(i).waitFor()).isZero();
            for (String line : Files.readAllLines(directory.resolve("ledger-" + i))) {
                int blank = line.lastIndexOf(' ');
                versions.put(line.substring(0, blank), Integer.valueOf(line.substring(blank + 1)));
            }
        }
        return versions;
    }

    /** Goes on after the last change it was told whenever it reconnects. */
    private static final class Watcher {

        private final LocalConfig config;
        private final List<ConfigChange> seen = Collections.synchronizedList(new ArrayList<>());
        private Subscription watch;

        Watcher(LocalConfig config) {
            this.config = config;
            this.watch = config.watch("", 0, seen::add);
        }

        void reconnect() {
            watch.close();
            long last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).index();
            watch = config.watch("", last, seen::add);
        }

        int size() {
            return seen.size();
        }

        List<ConfigChange> seen() {
            return List.copyOf(seen);
        }

        void close() {
            watch.close();
        }
    }
}
