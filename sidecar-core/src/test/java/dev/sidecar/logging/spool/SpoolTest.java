package dev.sidecar.logging.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    Path root;

    private final Seen seen = new Seen();
    private final List<Spool> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Spool::close);
    }

    private static final class Seen implements SpoolEvents {
        long droppedOldest;
        long expired;
        final List<Path> setAside = new ArrayList<>();

        @Override
        public void droppedOldest(long records) {
            droppedOldest += records;
        }

        @Override
        public void expired(long records) {
            expired += records;
        }

        @Override
        public void damaged(Path path, long unreadableBytes) {
            setAside.add(path);
        }
    }

    private Spool spool() {
        return spool(64 << 20, DAY, false);
    }

    private Spool spool(long maxBytes, Duration maxAge, boolean dropOldest) {
        Spool spool = new Spool(new SpoolSettings(() -> root, "orders", maxBytes, maxAge, dropOldest), seen);
        open.add(spool);
        return spool;
    }

    /** As a process that was killed would: nothing is finished, only the lock is gone. */
    private Spool restarted(Spool spool) throws IOException {
        Path copy = Files.createTempDirectory(root.getParent(), "after-kill");
        copy(root, copy);
        spool.close();
        root = copy;
        return spool();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void append(Spool spool, String text) throws IOException {
        spool.append(text.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static String text(Batch batch) {
        return new String(batch.content(), StandardCharsets.UTF_8);
    }

    private static List<String> takeAll(Spool spool) throws IOException {
        List<String> all = new ArrayList<>();
        for (Batch batch = spool.next(1); batch != null; batch = spool.next(1)) {
            all.add(text(batch));
            spool.taken(batch);
        }
        return all;
    }

    private Path onlySegment() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("orders"))) {
            return files.filter(file -> file.toString().endsWith(Segment.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void givesBatchesInTheOrderTheyWereAppended() throws IOException {
        Spool spool = spool();
        for (int i = 0; i < 100; i++) {
            append(spool, "b" + i + ";");
        }

        Batch batch = spool.next(1 << 20);

        assertThat(batch.records()).isEqualTo(100);
        assertThat(text(batch)).startsWith("b0;b1;").endsWith("b99;");
    }

    @Test
    void givesAgainWhatWasNotTakenBeforeTheProcessWasKilled() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        append(spool, "two");

        Spool after = restarted(spool);
        after.recover();

        assertThat(after.content().records()).isEqualTo(2);
        assertThat(takeAll(after)).containsExactly("one", "two");
        assertThat(seen.setAside).isEmpty();
    }

    @Test
    void goesOnWhereItWasAfterAnOrderlyEnd() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        append(spool, "two");
        spool.taken(spool.next(1));
        spool.close();

        assertThat(takeAll(spool())).containsExactly("two");
    }

    @Test
    void leavesNothingOnTheDiskOnceEverythingWasTaken() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        takeAll(spool);
        spool.close();

        try (Stream<Path> files = Files.list(root.resolve("orders"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(Segment.SUFFIX));
        }
    }

    @Test
    void startsFromTheOldestWhenTheCursorIsSpoilt() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        append(spool, "two");
        spool.taken(spool.next(1));
        spool.close();
        Files.writeString(root.resolve("orders/cursor"), "1 9999999 abc\n");

        assertThat(takeAll(spool())).containsExactly("one", "two");
    }

    @Test
    void passesOverALastFrameThatWasNeverFinished() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        append(spool, "two, which is cut");
        Spool after = restarted(spool);
        try (RandomAccessFile file = new RandomAccessFile(onlySegment().toFile(), "rw")) {
            file.setLength(file.length() - 3);
        }

        assertThat(takeAll(after)).containsExactly("one");
        assertThat(seen.setAside).isEmpty();
    }

    @Test
    void passesOverZerosThatALossOfPowerLeaves() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        Spool after = restarted(spool);
        Files.write(onlySegment(), new byte[4096], StandardOpenOption.APPEND);

        assertThat(takeAll(after)).containsExactly("one");
        assertThat(seen.setAside).isEmpty();
    }

    @Test
    void setsADamagedSegmentAsideAndStillGivesWhatIsWholeInIt() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        append(spool, "two");
        append(spool, "three");
        Spool after = restarted(spool);
        try (RandomAccessFile file = new RandomAccessFile(onlySegment().toFile(), "rw")) {
            file.seek(Segment.HEADER + Frame.HEADER + 3 + Frame.HEADER + 1);
            file.write('#');
        }

        after.recover();
        append(after, "four");

        assertThat(takeAll(after)).containsExactly("one", "three", "four");
        assertThat(seen.setAside).singleElement().satisfies(path -> assertThat(path)
                .exists());
    }

    @Test
    void setsAsideWhatIsNoSegmentAtAll() throws IOException {
        Files.createDirectories(root.resolve("orders"));
        Files.writeString(root.resolve("orders").resolve(Segment.fileName(7)), "this is not a segment of ours, is it?");

        Spool spool = spool();
        spool.recover();
        append(spool, "one");

        assertThat(takeAll(spool)).containsExactly("one");
        assertThat(seen.setAside).hasSize(1);
    }

    @Test
    void refusesTheNewestWhenItIsFull() throws IOException {
        Spool spool = spool(1 << 20, DAY, false);
        byte[] batch = new byte[100 << 10];
        for (int i = 0; i < 10; i++) {
            spool.append(batch, 1);
        }

        assertThatThrownBy(() -> spool.append(batch, 1))
                .isInstanceOf(SpoolFullException.class)
                .hasMessageContaining("sidecar.logging.spool.max-size");

        spool.taken(spool.next(1));
        spool.taken(spool.next(1));
        spool.next(1);
        spool.append(batch, 1);
    }

    @Test
    void givesUpTheOldestWhenThatIsThePolicyAndCountsThem() throws IOException {
        Spool spool = spool(1 << 20, DAY, true);
        for (int i = 0; i < 40; i++) {
            byte[] batch = new byte[100 << 10];
            batch[0] = (byte) i;
            spool.append(batch, 1);
        }

        List<String> left = takeAll(spool);
        assertThat(left).hasSizeBetween(8, 10);
        assertThat(left.get(left.size() - 1).charAt(0)).isEqualTo((char) 39);
        assertThat(seen.droppedOldest).isEqualTo(40 - left.size());
    }

    @Test
    void givesUpWhatIsOlderThanItMayBe() throws IOException {
        Spool spool = spool(1 << 20, Duration.ofMillis(50), false);
        append(spool, "old");

        await().until(() -> spool.next(1) == null);

        assertThat(seen.expired).isEqualTo(1);
        append(spool, "new");
        assertThat(takeAll(spool)).containsExactly("new");
    }

    @Test
    void twoOwnersOfOneNameDoNotShareOneDirectoryAndTheNextTakesOverFromBoth() throws IOException {
        Spool first = spool();
        Spool second = spool();
        append(first, "of the first");
        append(second, "of the second");
        assertThat(first.adopt()).isNull();
        first.close();
        second.close();

        Spool next = spool();
        assertThat(takeAll(next)).containsExactly("of the first");
        Spool adopted = next.adopt();
        open.add(adopted);
        assertThat(takeAll(adopted)).containsExactly("of the second");
    }

    @Test
    void manyWritersLoseNothingAndKeepTheirOwnOrder() throws Exception {
        Spool spool = spool();
        int writers = 4;
        int each = 200;
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            String name = String.valueOf((char) ('a' + w));
            Thread thread = Threads.named("writer", () -> {
                for (int i = 0; i < each; i++) {
                    try {
                        append(spool, name + i);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        List<String> all = new ArrayList<>();
        while (all.size() < writers * each) {
            spool.awaitFilled(Duration.ofSeconds(1).toNanos());
            all.addAll(takeAll(spool));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        for (int w = 0; w < writers; w++) {
            String name = String.valueOf((char) ('a' + w));
            List<String> own =
                    all.stream().filter(text -> text.startsWith(name)).toList();
            assertThat(own).hasSize(each).first().isEqualTo(name + 0);
            for (int i = 0; i < each; i++) {
                assertThat(own.get(i)).isEqualTo(name + i);
            }
        }
    }

    @Test
    void takesABatchWholeOrNotAtAll() throws IOException {
        Spool spool = spool(1 << 20, DAY, false);
        Payload half = new Payload(new byte[400 << 10], 1);
        spool.append(List.of(half));

        assertThatThrownBy(() -> spool.append(List.of(half, half))).isInstanceOf(SpoolFullException.class);

        assertThat(spool.content().records()).isEqualTo(1);
    }

    @Test
    void saysThatABatchWillNeverFit() {
        Spool spool = spool(1 << 20, DAY, true);

        assertThatThrownBy(() -> spool.append(new byte[2 << 20], 1))
                .isInstanceOfSatisfying(
                        SpoolFullException.class, e -> assertThat(e.isForEver()).isTrue())
                .hasMessageContaining("sidecar.logging.spool.max-size");
    }

    @Test
    void hasRoomForALargeBatchOnceALargeOneWasTaken() throws IOException {
        Spool spool = spool(1 << 20, DAY, false);
        for (int i = 0; i < 5; i++) {
            spool.append(new byte[900 << 10], 1);
            spool.taken(spool.next(1));
        }

        assertThat(spool.next(1)).isNull();
    }

    @Test
    void aSegmentThatCannotBeOpenedNowIsNoDamage() throws IOException {
        Spool first = spool();
        append(first, "one");
        Spool spool = restarted(first);
        Path segment = onlySegment();
        Path away = Files.move(segment, segment.resolveSibling("away"));
        // A link to itself cannot be opened, as a file cannot when there is no descriptor left.
        Files.createSymbolicLink(segment, segment);

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(spool::recover).isInstanceOf(IOException.class);
        }
        Files.delete(segment);
        Files.move(away, segment);

        assertThat(takeAll(spool)).containsExactly("one");
        assertThat(seen.setAside).isEmpty();
    }

    @Test
    void damageBehindItsBackCostsWhatIsDamagedOnly() throws IOException {
        Spool spool = spool();
        append(spool, "one");
        append(spool, "two");
        append(spool, "three");
        try (RandomAccessFile file = new RandomAccessFile(onlySegment().toFile(), "rw")) {
            file.seek(Segment.HEADER + Frame.HEADER + 3 + Frame.HEADER + 1);
            file.write('#');
        }

        assertThat(takeAll(spool)).containsExactly("one", "three");
        append(spool, "four");
        assertThat(takeAll(spool)).containsExactly("four");
        assertThat(seen.setAside).hasSize(1);
    }

    @Test
    void anInterruptedWriterStillWritesAndStaysInterrupted() throws IOException {
        Spool spool = spool();
        Thread.currentThread().interrupt();
        append(spool, "one");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(takeAll(spool)).containsExactly("one");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsTriedAgain() throws IOException {
        Path blocked = root.resolve("spool");
        Files.writeString(blocked, "a file where the directory should be");
        Spool spool = new Spool(new SpoolSettings(() -> blocked, "orders", 1 << 20, DAY, false), seen);
        open.add(spool);

        assertThatThrownBy(() -> append(spool, "one")).isInstanceOf(IOException.class);
        assertThat(spool.content().failure()).isNotNull();

        Files.delete(blocked);
        append(spool, "two");
        spool.probe();
        assertThat(takeAll(spool)).containsExactly("two");
        assertThat(spool.content().failure()).isNull();
        assertThat(spool.content().bytes()).isZero();
    }

    @Test
    void isNotWellWhileOnlySmallerBatchesFindRoom() throws IOException {
        Spool spool = spool(1 << 20, DAY, false);
        byte[] large = new byte[600_000];
        spool.append(large, 1);
        assertThatThrownBy(() -> spool.append(large, 1)).isInstanceOf(SpoolFullException.class);

        append(spool, "small");
        assertThat(spool.isWell()).isFalse();
        assertThat(spool.content().full()).isTrue();

        takeAll(spool);
        spool.append(large, 1);
        assertThat(spool.isWell()).isTrue();
    }
}
