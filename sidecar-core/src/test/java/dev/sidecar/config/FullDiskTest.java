package dev.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecar.SidecarException;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.StringNode;

/** On a small file system of its own, where this machine lets us mount one. */
class FullDiskTest {

    @TempDir
    Path mount;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "sidecar-test", mount.toString()) == 0,
                "mounting a tmpfs is not permitted here");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", mount.toString());
    }

    @Test
    void aFullDiskRefusesWritesKeepsReadsAndRecoversByItself() throws Exception {
        try (LocalConfig config = Stores.open(mount.resolve("home"), "orders")) {
            config.put("a", ConfigValues.parse("1"), ConfigCondition.any());
            Path filler = mount.resolve("filler");
            fill(filler);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            config.put("big", StringNode.valueOf("x".repeat(100_000)), ConfigCondition.any());
                        }
                    })
                    .satisfies(e -> assertThat(((SidecarException) e).problem().status())
                            .isEqualTo(503))
                    .extracting("problem.code")
                    .isEqualTo("config-store-full");
            assertThat(config.trouble()).isNotNull();
            assertThat(config.get("a").orElseThrow().version()).isEqualTo(1);
            long written = config.history("big").versions().size();

            Files.delete(filler);
            await().atMost(Duration.ofSeconds(10)).until(() -> config.trouble() == null);
            assertThat(config.put("big", ConfigValues.parse("2"), ConfigCondition.any())
                            .version())
                    .isEqualTo(written + 1);
        }
    }

    @Test
    void aStoreThatIsFirstOpenedOnAFullDiskIsRefusedAndUsedLater() throws Exception {
        Path filler = mount.resolve("filler");
        fill(filler);
        try (LocalConfig config = Stores.open(mount.resolve("home"), "orders")) {
            assertThatThrownBy(() -> config.put("a", ConfigValues.parse("1"), ConfigCondition.any()))
                    .satisfies(e -> assertThat(((SidecarException) e).problem().status())
                            .isEqualTo(503));
            Files.delete(filler);
            assertThat(config.put("a", ConfigValues.parse("1"), ConfigCondition.any())
                            .version())
                    .isEqualTo(1);
        }
    }

    @Test
    void aReadOnlyFileSystemRefusesWritesKeepsReadsAndRecoversByItself() throws Exception {
        Path home = mount.resolve("home");
        try (LocalConfig config = Stores.open(home, "orders")) {
            config.put("a", ConfigValues.parse("1"), ConfigCondition.any());
        }
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isZero();
        try (LocalConfig config = Stores.open(home, "orders")) {
            assertThat(config.get("a").orElseThrow().value()).isEqualTo(ConfigValues.parse("1"));
            assertThatThrownBy(() -> config.put("a", ConfigValues.parse("2"), ConfigCondition.any()))
                    .satisfies(e -> assertThat(((SidecarException) e).problem().status())
                            .isEqualTo(503))
                    .extracting("problem.code")
                    .isEqualTo("config-store-read-only");
            assertThat(config.trouble()).isNotNull();

            assertThat(run("mount", "-o", "remount,rw", mount.toString())).isZero();
            await().atMost(Duration.ofSeconds(10)).until(() -> config.trouble() == null);
            assertThat(config.put("a", ConfigValues.parse("2"), ConfigCondition.any())
                            .version())
                    .isEqualTo(2);
        }
    }

    @Test
    void aStoreThatWasKilledAndIsReadWhileReadOnlyTakesWritesAgain() throws Exception {
        Path killed = mount.resolve("killed");
        try (LocalConfig config = Stores.open(mount.resolve("home"), "orders")) {
            config.put("a", ConfigValues.parse("1"), ConfigCondition.any());
            // With its log, as a KILL leaves it.
            assertThat(run("cp", "-r", mount.resolve("home").toString(), killed.toString()))
                    .isZero();
        }
        assertThat(killed.resolve("config/store.db-shm")).exists();
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isZero();
        try (LocalConfig config = Stores.open(killed, "orders")) {
            assertThat(config.get("a").orElseThrow().value()).isEqualTo(ConfigValues.parse("1"));
            assertThatThrownBy(() -> config.put("a", ConfigValues.parse("2"), ConfigCondition.any()))
                    .extracting("problem.code")
                    .isEqualTo("config-store-read-only");
            config.get("a");

            assertThat(run("mount", "-o", "remount,rw", mount.toString())).isZero();
            assertThat(config.put("a", ConfigValues.parse("2"), ConfigCondition.any())
                            .version())
                    .isEqualTo(2);
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return Commands.find(command[0]).isEmpty()
                ? 127
                : Commands.start(Commands.of(List.of(command))
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD))
                        .waitFor();
    }
}
