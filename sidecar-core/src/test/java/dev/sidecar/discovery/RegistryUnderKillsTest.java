package dev.sidecar.discovery;

import static dev.sidecar.discovery.Registry.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalContext;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes share a registry and are killed while they write. */
class RegistryUnderKillsTest {

    private static final int PROCESSES = 8;
    private static final int INSTANCES_EACH = 25;
    private static final int KILLS = 4;

    @TempDir
    Path directory;

    private final Map<Integer, Process> writers = new HashMap<>();

    @AfterEach
    void end() {
        writers.values().forEach(Process::destroyForcibly);
    }

    @Test
    void twoHundredRegistrationsOfEightProcessesWithRandomKillsReadCleanAndConverge() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path home = directory.resolve("home");
        LocalContext context = Registry.context(home);
        for (int i = 0; i < PROCESSES; i++) {
            writers.put(i, start(home, i));
        }
        try (LocalDiscovery reader = LocalDiscovery.start(context, DiscoveryOptions.defaults())) {
            awaitInstances(reader, seed);

            for (int kill = 0; kill < KILLS; kill++) {
                int victim = random.nextInt(PROCESSES);
                writers.get(victim).destroyForcibly().waitFor();
                writers.remove(victim);
                awaitInstances(reader, seed);
                writers.put(victim, start(home, victim));
                if (kill % 2 == 0) {
                    awaitInstances(reader, seed);
                }
            }
            awaitInstances(reader, seed);

            assertThat(context.meters().get("sidecar.discovery.damaged").gauge().value())
                    .isZero();
            for (Process writer : writers.values()) {
                writer.destroyForcibly().waitFor();
            }
            writers.clear();
            awaitInstances(reader, seed);
            await("nothing is left behind").atMost(Duration.ofSeconds(10)).until(() -> files(home)
                    .isEmpty());
        }
    }

    /** Those of the living are there, those of the dead are not, well before a lease of theirs would end. */
    private void awaitInstances(LocalDiscovery reader, long seed) {
        List<String> expected = new ArrayList<>();
        for (int process : new TreeSet<>(writers.keySet())) {
            for (int i = 0; i < INSTANCES_EACH; i++) {
                expected.add(RegistryWriter.instance(process, i));
            }
        }
        await("instances of " + writers.keySet() + ", seed " + seed)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(names(reader.instances("orders"))).containsExactlyElementsOf(expected));
    }

    private Process start(Path home, int number) throws IOException {
        return Commands.start(Commands.of(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx48m",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryWriter.class.getName(),
                        home.toString(),
                        Integer.toString(number),
                        Integer.toString(INSTANCES_EACH)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("writer-" + number + ".log").toFile()));
    }

    private static List<Path> files(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("registry"))) {
            return files.toList();
        }
    }
}
