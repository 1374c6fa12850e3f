package dev.sidecar.monitor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.runtime.Commands;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems whose server never answers, where this machine lets us mount some. */
class DeadMountsTest {

    private static final int MOUNTS = 6;

    @TempDir
    Path directory;

    private final List<Path> points = new ArrayList<>();
    private Process server;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "there is no FUSE here");
        Path script = directory.resolve("dead_mounts.py");
        try (InputStream source = DeadMountsTest.class.getResourceAsStream("dead_mounts.py")) {
            Files.copy(source, script);
        }
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        for (int i = 0; i < MOUNTS; i++) {
            points.add(Files.createDirectory(directory.resolve("dead" + i)));
            command.add(points.get(i).toString());
        }
        server = Commands.start(Commands.of(command));
        BufferedReader said = server.inputReader(StandardCharsets.UTF_8);
        assumeTrue("mounted".equals(said.readLine()), "mounting is not permitted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (server != null) {
            server.getOutputStream().close();
            assertThat(server.waitFor(10, SECONDS)).isTrue();
        }
    }

    @Test
    void delayOneSampleOnceAndHideNothingElse() {
        try (BoundedReads reads = new BoundedReads(Duration.ofMillis(250))) {
            Source source = new LinuxSource(
                    LinuxFiles.ofThisMachine(), reads, ProcessHandle.current().pid());
            HostSample first = timed(source, Duration.ofSeconds(30));
            // Six that are waited for take a second and a half; a busy machine needs more than one try to show it.
            HostSample second = await().atMost(60, SECONDS).until(() -> timedOrNull(source), Objects::nonNull);

            for (HostSample sample : List.of(first, second)) {
                assertThat(sample.fileSystems())
                        .filteredOn(store -> points.contains(Path.of(store.mountPoint())))
                        .hasSize(MOUNTS)
                        .allSatisfy(store -> assertThat(store.usedBytes()).isNull());
                assertThat(sample.fileSystems())
                        .filteredOn(store -> store.mountPoint().equals("/"))
                        .allSatisfy(store -> assertThat(store.usedBytes()).isPositive());
            }
        }
    }

    private static @Nullable HostSample timedOrNull(Source source) {
        long began = System.nanoTime();
        HostSample sample = timed(source, Duration.ofSeconds(30));
        return System.nanoTime() - began < Duration.ofMillis(750).toNanos() ? sample : null;
    }

    private static HostSample timed(Source source, Duration most) {
        List<String> unknown = new ArrayList<>();
        long began = System.nanoTime();
        HostSample sample = source.read(began, OptionalLong.empty(), unknown).host();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(most);
        assertThat(unknown).hasSize(MOUNTS);
        return sample;
    }
}
