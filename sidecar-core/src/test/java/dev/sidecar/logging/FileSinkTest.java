package dev.sidecar.logging;

import static dev.sidecar.logging.LogFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LoggingOptions.RollingFile;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    @TempDir
    Path dir;

    @Test
    void appendsToWhatIsThere() throws IOException {
        Path file = dir.resolve("app.log");
        Files.writeString(file, "before\n");
        try (FileSink sink = sink(file, 1 << 20, 3)) {
            sink.write(List.of(record("one"), record("two")));
        }

        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("before");
    }

    @Test
    void othersCannotReadAFileItMakes() throws IOException {
        Path file = dir.resolve("app.log");
        try (FileSink sink = sink(file, 1 << 20, 3)) {
            sink.write(List.of(record("one")));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("---");
    }

    @Test
    void rollsAtTheSizeAndKeepsNoMoreFilesThanAsked() throws IOException {
        Path file = dir.resolve("app.log");
        try (FileSink sink = sink(file, 4096, 3)) {
            for (int i = 0; i < 200; i++) {
                sink.write(List.of(record("line " + i)));
            }
        }

        assertThat(logFiles()).containsExactlyInAnyOrder("app.log", "app.log.1", "app.log.2");
        for (String name : logFiles()) {
            assertThat(Files.size(dir.resolve(name))).isLessThanOrEqualTo(4096);
        }
        assertThat(Files.readString(file)).contains("\"line 199\"");
    }

    @Test
    void oneFileIsBegunAnewAtTheSize() throws IOException {
        Path file = dir.resolve("app.log");
        try (FileSink sink = sink(file, 2048, 1)) {
            for (int i = 0; i < 50; i++) {
                sink.write(List.of(record("line " + i)));
            }
        }

        assertThat(logFiles()).containsExactly("app.log");
        assertThat(Files.size(file)).isLessThanOrEqualTo(2048);
    }

    @Test
    void aLineLargerThanAFileIsWrittenWhole() throws IOException {
        Path file = dir.resolve("app.log");
        try (FileSink sink = sink(file, 2048, 2)) {
            sink.write(List.of(record("small"), record("x".repeat(1 << 20)), record("small")));
        }

        assertThat(Files.readAllLines(dir.resolve("app.log.1"))).singleElement().satisfies(this::assertWhole);
    }

    @Test
    void goesOnInANewFileWhenTheOldOneWasRemovedOrRenamed() throws IOException {
        Path file = dir.resolve("app.log");
        try (FileSink sink = sink(file, 1 << 20, 3)) {
            sink.write(List.of(record("one")));
            Files.delete(file);
            sink.write(List.of(record("two")));
            assertThat(Files.readString(file)).contains("two").doesNotContain("one");

            Files.move(file, dir.resolve("rotated"));
            sink.write(List.of(record("three")));
            assertThat(Files.readString(file)).contains("three").doesNotContain("two");
        }
    }

    @Test
    void manyWhoCommitWhileTheFileRollsLoseNothing() throws Exception {
        Path file = dir.resolve("app.log");
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (FileSink sink = sink(file, 4096, 1000)) {
            List<Thread> writers = IntStream.range(0, 4)
                    .mapToObj(writer -> Threads.named("writer", () -> {
                        try {
                            for (int i = 0; i < 50; i++) {
                                sink.commit(List.of(record(writer + "-" + i)));
                            }
                        } catch (IOException | RuntimeException e) {
                            failures.add(e);
                        }
                    }))
                    .toList();
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
        }

        assertThat(failures).isEmpty();
        List<String> lines = new ArrayList<>();
        for (String name : logFiles()) {
            lines.addAll(Files.readAllLines(dir.resolve(name)));
        }
        assertThat(logFiles()).hasSizeGreaterThan(2);
        assertThat(lines).hasSize(200).allSatisfy(this::assertWhole);
    }

    @Test
    void commitsToWhatIsNoFileOnADiskToo() throws IOException {
        Path file = dir.resolve("app.log");
        Files.createSymbolicLink(file, Path.of("/dev/null"));
        try (FileSink sink = sink(file, 1 << 20, 3)) {
            sink.commit(List.of(record("one")));
            sink.commit(List.of(record("two")));
        }
    }

    @Test
    void recoversByItselfOnceTheFileCanBeWritten() throws IOException {
        Path target = dir.resolve("target");
        Path file = dir.resolve("app.log");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        try (FileSink sink = sink(file, 1 << 20, 3)) {
            assertThatThrownBy(() -> sink.write(List.of(record("one")))).isInstanceOf(IOException.class);

            Files.delete(file);
            Files.createSymbolicLink(file, target);
            sink.write(List.of(record("two")));
        }
        assertThat(Files.readAllLines(target)).singleElement().satisfies(this::assertWhole);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAFailureOfTheWriteNotOfTheStart() throws IOException {
        Path notADirectory = Files.createFile(dir.resolve("file"));
        try (FileSink sink = sink(notADirectory.resolve("app.log"), 1 << 20, 3)) {
            assertThatThrownBy(() -> sink.write(List.of(record("one")))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptedWriterStillWritesAndStaysInterrupted() throws IOException {
        Path file = dir.resolve("app.log");
        try (FileSink sink = sink(file, 1 << 20, 3)) {
            Thread.currentThread().interrupt();
            sink.write(List.of(record("one")));
            assertThat(Thread.interrupted()).isTrue();
            sink.write(List.of(record("two")));
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void interruptsInTheMiddleLoseAndTearNothing() throws Exception {
        Path file = dir.resolve("app.log");
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (FileSink sink = sink(file, 64 << 20, 3)) {
            Thread writer = Threads.named("test-writer", () -> {
                for (int i = 0; i < 2000; i++) {
                    try {
                        sink.write(List.of(record("line " + i)));
                    } catch (IOException | RuntimeException e) {
                        failures.add(e);
                    }
                }
            });
            writer.start();
            while (writer.isAlive()) {
                writer.interrupt();
                Thread.onSpinWait();
            }
            writer.join();
        }
        assertThat(failures).isEmpty();
        assertThat(Files.readAllLines(file)).hasSize(2000).allSatisfy(this::assertWhole);
    }

    @Test
    void manySinksOnOneFileDoNotMixTheirLinesNorLoseAnyWhileTheyRoll() throws Exception {
        Path file = dir.resolve("app.log");
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> writers = IntStream.range(0, 4)
                .mapToObj(writer -> Threads.named("test-writer-" + writer, () -> {
                    try (FileSink sink = sink(file, 100_000, 50)) {
                        for (int i = 0; i < 300; i++) {
                            sink.write(List.of(record(writer + "-" + i), record("x".repeat(i))));
                        }
                    } catch (IOException | RuntimeException e) {
                        failures.add(e);
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        List<String> lines = new ArrayList<>();
        for (String name : logFiles()) {
            lines.addAll(Files.readAllLines(dir.resolve(name)));
        }
        assertThat(failures).isEmpty();
        assertThat(logFiles()).hasSizeGreaterThan(2);
        assertThat(lines).hasSize(4 * 300 * 2).allSatisfy(this::assertWhole);
    }

    private void assertWhole(String line) {
        assertThat(SidecarJson.mapper().readTree(line).path("message").isString())
                .isTrue();
    }

    private List<String> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("app.log") && !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private static FileSink sink(Path file, long maxSize, int maxFiles) {
        return new FileSink(new RollingFile(file, maxSize, maxFiles));
    }
}
