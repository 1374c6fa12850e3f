package dev.sidecar.server.logging.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.logging.LocalLogs;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.SpoolState;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Write, KILL, start again, compare: each acknowledged record reaches the collector, in order. {@code
 * -Dsidecar.ledger.rounds=200} is the long run.
 */
class SpoolLedgerIT {

    private static final int ROUNDS = Integer.getInteger("sidecar.ledger.rounds", 6);
    private static final String NOBODY = "http://127.0.0.1:9";

    @TempDir
    Path home;

    @Test
    void noAcknowledgedRecordIsLostWhenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Integer> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            killedWhileWriting(round, 5 + random.nextInt(200), acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS);

        try (LedgerCollector collector = new LedgerCollector();
                LocalLogs logs = LedgerWriter.open(home, collector.endpoint())) {
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        SpoolState state = logs.spool();
                        return state.delivered() > 0 && state.sizeBytes() == 0;
                    });
            acknowledged.forEach((writer, count) -> assertThat(collector.inOrder(writer))
                    .as("records of %s (seed %d)", writer, seed)
                    .isGreaterThanOrEqualTo(count));
            assertThat(collector.strange()).isEmpty();
            assertThat(logs.spool().damagedSegments()).isZero();
            assertThat(logs.spool().dropped()).isEmpty();
        }
        System.out.println("ledger: " + ROUNDS + " rounds, "
                + acknowledged.values().stream().mapToInt(i -> i).sum() + " acknowledged records, 0 lost");
    }

    private void killedWhileWriting(int round, int batches, Map<String, Integer> acknowledged) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerWriter.class.getName(),
                        home.toString(),
                        NOBODY,
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(firstWord(out)).as("start %d", round).isTrue();
            String line = out.readLine();
            for (int i = 0; line != null; i++) {
                // What was written to the pipe before the kill was acknowledged too.
                String[] words = line.split(" ");
                if (words.length == 2 && words[0].matches("r[0-9]+w[0-9]+")) {
                    acknowledged.merge(words[0], Integer.parseInt(words[1]), Math::max);
                }
                if (i == batches) {
                    // Not the process's own method, which would close the pipe with what is still in it.
                    writer.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            writer.destroyForcibly();
            writer.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static boolean firstWord(BufferedReader out) throws Exception {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("started")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aFullDiskIsSaidAndWritingGoesOnOnceThereIsRoomAgain() throws Exception {
        mounted("size=3m", directory -> {
            Path ballast = directory.resolve("ballast");
            Files.write(ballast, new byte[2 << 20]);
            LogRecord large = LedgerWriter.record("the log " + "x".repeat(50_000));
            try (LocalLogs logs = LedgerWriter.open(directory, NOBODY)) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                logs.write(List.of(large));
                            }
                        })
                        .isInstanceOfSatisfying(
                                SidecarException.class,
                                e -> assertThat(e.problem().status()).isEqualTo(503));
                assertThat(logs.spool().status()).isEqualTo(SpoolState.Status.UNWRITABLE);
                Files.delete(ballast);
                assertThat(logs.write(List.of(LedgerWriter.record("r0w0 0"))).accepted())
                        .isEqualTo(1);
                await().until(() -> logs.spool().status() == SpoolState.Status.OK);
            }
            Files.write(ballast, new byte[1 << 20]);
            try (LedgerCollector collector = new LedgerCollector();
                    LocalLogs next = LedgerWriter.open(directory, collector.endpoint())) {
                await().until(() -> collector.inOrder("r0w0") == 1);
                assertThat(next.spool().damagedSegments()).isZero();
            }
        });
    }

    @Test
    void aReadOnlyDiskIsNoReasonNotToStart() throws Exception {
        mounted("size=3m", directory -> {
            mount("-o", "remount,ro", directory.toString());
            try (LedgerCollector collector = new LedgerCollector();
                    LocalLogs logs = LedgerWriter.open(directory, collector.endpoint())) {
                await().until(() -> logs.spool().status() == SpoolState.Status.UNWRITABLE);
                assertThatThrownBy(() -> logs.write(List.of(LedgerWriter.record("r0w0 0"))))
                        .isInstanceOf(SidecarException.class);

                mount("-o", "remount,rw", directory.toString());

                assertThat(logs.write(List.of(LedgerWriter.record("r1w0 0"))).accepted())
                        .isEqualTo(1);
                await().until(() -> collector.inOrder("r1w0") == 1);
                await().until(() -> logs.spool().status() == SpoolState.Status.OK);
            }
        });
    }

    private interface OnDisk {
        void run(Path directory) throws Exception;
    }

    private void mounted(String options, OnDisk test) throws Exception {
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeThat(mount("-t", "tmpfs", "-o", options, "tmpfs", disk.toString()))
                .as("mounting is permitted here")
                .isZero();
        try {
            test.run(disk);
        } finally {
            start("umount", "-l", disk.toString());
        }
    }

    private static int mount(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "mount";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return start(command);
    }

    private static int start(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
