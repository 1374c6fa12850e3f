package dev.sidecar.logging;

import static dev.sidecar.logging.LogFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.logging.LoggingOptions.Console;
import dev.sidecar.logging.LoggingOptions.ConsoleFormat;
import dev.sidecar.logging.LoggingOptions.Queue;
import dev.sidecar.logging.LoggingOptions.Redaction;
import dev.sidecar.logging.LoggingOptions.RollingFile;
import dev.sidecar.logging.LoggingOptions.WhenFull;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogsTest {

    private static final Duration SECONDS = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<LocalLogs> started = new ArrayList<>();

    @TempDir
    Path dir;

    @AfterEach
    void close() {
        started.forEach(LocalLogs::close);
    }

    @Test
    void addsWhoWroteItAndKeepsWhatTheWriterSaid() {
        LocalLogs logs = start(LogFixture.options(null));
        logs.write(List.of(
                record("a"),
                record("b").toBuilder()
                        .resource(Map.of("service.name", "billing"))
                        .build()));

        List<LogRecord> recent = logs.recent(LogQuery.LATEST);

        assertThat(recent.get(0).resource())
                .containsExactly(
                        Map.entry("service.name", "orders"),
                        Map.entry("service.instance.id", "orders-1"),
                        Map.entry("host.name", "box"));
        assertThat(recent.get(1).resource())
                .containsOnly(Map.entry("service.name", "billing"), Map.entry("host.name", "box"));
    }

    @Test
    void everySinkSeesOnlyTheRedactedRecord() throws IOException {
        Path file = dir.resolve("app.log");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LocalLogs logs = start(LogFixture.options(file(file)), printed);
        List<LogRecord> followed = new CopyOnWriteArrayList<>();
        logs.follow(LogQuery.LATEST, followed::add);

        logs.log(record("password=hunter2"));
        logs.write(List.of(record(Map.of("db.password", "hunter2"))));

        assertThat(logs.flush(SECONDS)).isTrue();
        await().until(() -> followed.size() == 2);
        assertThat(Files.readString(file)).contains("[REDACTED]").doesNotContain("hunter2");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("[REDACTED]")
                .doesNotContain("hunter2");
        assertThat(logs.recent(LogQuery.LATEST).toString())
                .contains("[REDACTED]")
                .doesNotContain("hunter2");
        assertThat(followed.toString()).doesNotContain("hunter2");
    }

    @Test
    void acknowledgedRecordsAreInTheFileWhenWriteReturns() throws IOException {
        Path file = dir.resolve("deep/er/app.log");
        LocalLogs logs = start(LogFixture.options(file(file)));

        LogReceipt receipt = logs.write(List.of(record("one"), record("two")));

        assertThat(receipt).isEqualTo(LogReceipt.accepted(2));
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void acknowledgesNothingWhileTheDiskIsFull() {
        LocalLogs logs = start(LogFixture.options(file(Path.of("/dev/full"))));

        assertThatThrownBy(() -> logs.write(List.of(record("lost"))))
                .isInstanceOfSatisfying(SidecarException.class, e -> {
                    assertThat(e.code()).isEqualTo("log-sink-unavailable");
                    assertThat(e.problem().status()).isEqualTo(503);
                    assertThat(e.problem().retryAfterSeconds()).isPositive();
                    assertThat(e).hasMessageContaining("sidecar.logging.file.path");
                });
        assertThat(logs.recent(LogQuery.LATEST)).isEmpty();
        assertThat(meters.counter("sidecar.logging.rejected").count()).isEqualTo(1);
    }

    @Test
    void firesAndForgetsEvenWhenTheDiskIsFull() {
        LocalLogs logs = start(LogFixture.options(file(Path.of("/dev/full"))));

        logs.log(record("still seen"));

        assertThat(logs.flush(SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(logs.recent(LogQuery.LATEST))
                .extracting(LogRecord::body)
                .first()
                .isEqualTo("still seen"));
        await().untilAsserted(() -> assertThat(dropped("app", "file")).isEqualTo(1));
        await().untilAsserted(
                        () -> assertThat(logs.recent(LogQuery.LATEST)).last().satisfies(summary -> {
                            assertThat(summary.severity()).isEqualTo(Severity.WARN);
                            assertThat(summary.body()).isEqualTo("1 log records were lost: {file of app=1}");
                        }));
    }

    @Test
    void aSourceOverItsRateLimitDoesNotTouchTheOthers() {
        LocalLogs logs = start(withRateLimit(10));

        List<LogRecord> flood = IntStream.range(0, 50)
                .mapToObj(i -> record("x").toBuilder().source("stdout").build())
                .toList();
        LogReceipt receipt = logs.write(flood);
        LogReceipt other = logs.write(List.of(record("mine")));

        assertThat(receipt.accepted()).isBetween(10, 12);
        assertThat(receipt.rejected()).isEqualTo(50 - receipt.accepted());
        assertThat(receipt.errors().get(0).detail()).contains("sidecar.logging.rate-limit");
        assertThat(other).isEqualTo(LogReceipt.accepted(1));
        assertThat(dropped("stdout", "rate-limit")).isEqualTo(receipt.rejected());
        await().untilAsserted(() -> assertThat(logs.recent(LogQuery.LATEST))
                .extracting(LogRecord::source)
                .contains("sidecar"));
    }

    @Test
    void recentIsAskedBySeverityTimeAndText() {
        LocalLogs logs = start(LogFixture.options(null));
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        logs.write(List.of(
                at(start, Severity.DEBUG, "one"),
                at(start.plusSeconds(60), Severity.ERROR, "two Cards"),
                at(start.plusSeconds(120), Severity.INFO, "three").toBuilder()
                        .attributes(Map.of("a", Map.of("b", "CARD")))
                        .build()));

        assertThat(bodies(logs, new LogQuery(2, null, null, null))).containsExactly("two Cards", "three");
        assertThat(bodies(logs, new LogQuery(9, Severity.WARN, null, null))).containsExactly("two Cards");
        assertThat(bodies(logs, new LogQuery(9, null, start.plusSeconds(120), null)))
                .containsExactly("three");
        assertThat(bodies(logs, new LogQuery(9, null, null, "card"))).containsExactly("two Cards", "three");
        assertThatThrownBy(() -> new LogQuery(0, null, null, null)).hasMessageContaining("limit");
    }

    @Test
    void keepsNoMoreRecentRecordsThanAsked() {
        LocalLogs logs = start(LogFixture.options(null));

        for (int i = 0; i < 1500; i++) {
            logs.log(record("r" + i));
        }

        assertThat(logs.flush(SECONDS)).isTrue();
        List<LogRecord> recent = logs.recent(new LogQuery(1000, null, null, null));
        assertThat(recent).hasSize(1000);
        assertThat(recent.get(999).body()).isEqualTo("r1499");
    }

    @Test
    void aStuckConsoleHoldsWritersUpNoLongerThanThePolicySays() {
        Stuck stuck = new Stuck();
        LocalLogs logs = start(withQueue(new Queue(10, WhenFull.DROP_NEWEST)), stuck);
        try {
            for (int i = 0; i < 2000; i++) {
                logs.log(record("r" + i));
            }
            assertThat(dropped("app", "queue-full")).isBetween(1000.0, 2000.0);
        } finally {
            stuck.release.countDown();
        }
    }

    @Test
    void keepsTheNewestWhenToldToDropTheOldest() {
        Stuck stuck = new Stuck();
        LocalLogs logs = start(withQueue(new Queue(10, WhenFull.DROP_OLDEST)), stuck);
        for (int i = 0; i < 500; i++) {
            logs.log(record("r" + i));
        }
        stuck.release.countDown();

        assertThat(logs.flush(SECONDS)).isTrue();
        assertThat(bodies(logs, new LogQuery(1000, Severity.INFO, null, "r")))
                .contains("r490", "r499")
                .hasSizeLessThan(500);
    }

    @Test
    void aStuckConsoleDoesNotKeepAnAcknowledgementFromTheFile() throws IOException {
        Stuck stuck = new Stuck();
        Path file = dir.resolve("app.log");
        LocalLogs logs = start(LogFixture.options(file(file)), stuck);
        try {
            for (int i = 0; i < 3000; i++) {
                logs.write(List.of(record("r" + i)));
            }
            assertThat(Files.readAllLines(file)).hasSize(3000);
            assertThat(dropped("app", "console")).isPositive();
        } finally {
            stuck.release.countDown();
        }
    }

    @Test
    void withTheConsoleAloneAnAcknowledgementMeansThatItHasTheRecord() {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        LocalLogs logs = start(LogFixture.options(null), console);

        logs.write(List.of(record("one")));

        assertThat(console.toString(StandardCharsets.UTF_8)).contains("\"one\"");
    }

    @Test
    void aStuckConsoleThatIsTheOnlySinkAcknowledgesNothing() {
        Stuck stuck = new Stuck();
        LocalLogs logs = start(LogFixture.options(null), stuck);
        try {
            assertThatThrownBy(() -> logs.write(List.of(record("one"))))
                    .isInstanceOfSatisfying(
                            SidecarException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("log-sink-unavailable"));
        } finally {
            stuck.release.countDown();
        }
    }

    @Test
    void aSlowFollowerIsToldWhatItMissedAndHoldsNobodyUp() throws InterruptedException {
        LocalLogs logs = start(LogFixture.options(null));
        CountDownLatch release = new CountDownLatch(1);
        List<LogRecord> seen = new CopyOnWriteArrayList<>();
        logs.follow(LogQuery.LATEST, record -> {
            awaitQuietly(release);
            seen.add(record);
        });

        for (int i = 0; i < 5000; i++) {
            logs.log(record("r" + i));
        }
        assertThat(logs.flush(SECONDS)).isTrue();
        release.countDown();

        await().untilAsserted(() -> assertThat(seen).last().satisfies(last -> assertThat(last.attributes())
                .containsKey("log.skipped")));
        int skipped = (int) seen.get(seen.size() - 1).attributes().get("log.skipped");
        assertThat(seen.size() - 1 + skipped).isEqualTo(5000);
    }

    @Test
    void noCallReachesAFollowerAfterItHasClosed() {
        LocalLogs logs = start(LogFixture.options(null));
        List<LogRecord> seen = new CopyOnWriteArrayList<>();
        Subscription subscription = logs.follow(LogQuery.LATEST, seen::add);
        logs.write(List.of(record("one")));
        await().until(() -> seen.size() == 1);

        subscription.close();
        subscription.close();
        logs.write(List.of(record("two")));

        assertThat(logs.flush(SECONDS)).isTrue();
        assertThat(seen).hasSize(1);
    }

    @Test
    void aFollowerThatThrowsIsCalledAgain() {
        LocalLogs logs = start(LogFixture.options(null));
        List<LogRecord> seen = new CopyOnWriteArrayList<>();
        logs.follow(LogQuery.LATEST, record -> {
            seen.add(record);
            throw new IllegalStateException("mine");
        });

        logs.write(List.of(record("one"), record("two")));

        await().until(() -> seen.size() == 2);
    }

    @Test
    void closingDrainsWhatWasLogged() throws IOException {
        Path file = dir.resolve("app.log");
        LocalLogs logs = start(LogFixture.options(file(file)));
        for (int i = 0; i < 900; i++) {
            logs.log(record("r" + i));
        }

        logs.close();
        logs.close();
        logs.log(record("too late"));

        assertThat(Files.readAllLines(file)).hasSize(900);
        assertThat(dropped("app", "closed")).isEqualTo(1);
        assertThatThrownBy(() -> logs.write(List.of(record("too late")))).hasMessageContaining("stops");
    }

    @Test
    void anAttributeWhoseToStringFailsHurtsNobody() {
        LocalLogs logs = start(LogFixture.options(null));
        Object rude = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };

        logs.log(record(Map.of("rude", rude)));
        logs.log(record("next"));

        assertThat(logs.flush(SECONDS)).isTrue();
        assertThat(logs.recent(LogQuery.LATEST)).hasSize(2);
    }

    @Test
    void keepsTheOrderWithinOneSource() {
        LocalLogs logs = start(LogFixture.options(null));
        for (int i = 0; i < 500; i++) {
            logs.log(record("r" + i));
        }

        assertThat(logs.flush(SECONDS)).isTrue();
        assertThat(bodies(logs, new LogQuery(1000, null, null, null)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "r" + i).toList());
    }

    @Test
    void countsRecordsWithBoundedTags() {
        LocalLogs logs = start(LogFixture.options(null));
        for (int i = 0; i < 100; i++) {
            logs.write(List.of(record("x").toBuilder().source("made-up-" + i).build()));
        }

        assertThat(meters.find("sidecar.logging.records").counters()).hasSizeLessThan(20);
        assertThat(meters.find("sidecar.logging.records").tag("source", "other").counters())
                .singleElement()
                .satisfies(counter -> assertThat(counter.count()).isGreaterThan(80));
    }

    @Test
    void refusesOptionsThatCannotWorkByTheNameOfTheirProperty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(LogFixture.options(new RollingFile(dir.resolve("a"), 10, 5))))
                .withMessageContaining("sidecar.logging.file.max-size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(withQueue(new Queue(0, WhenFull.BLOCK))))
                .withMessageContaining("sidecar.logging.queue.size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(withRedaction(new Redaction(List.of(), List.of("ok", "a(b")))))
                .withMessageContaining("sidecar.logging.redact.patterns[1]")
                .withMessageContaining("a(b")
                .withMessageContaining("position");
    }

    private LocalLogs start(LoggingOptions options) {
        LocalLogs logs = LocalLogs.start(LogFixture.context(meters), options);
        started.add(logs);
        return logs;
    }

    private LocalLogs start(LoggingOptions options, OutputStream out) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        ConsoleSink console = new ConsoleSink(new Console(true, ConsoleFormat.ECS), () -> stream, () -> stream);
        LocalLogs logs = new LocalLogs(LogFixture.context(meters), options, console);
        started.add(logs);
        return logs;
    }

    private static RollingFile file(Path path) {
        return new RollingFile(path, 1 << 20, 3);
    }

    private static LoggingOptions withQueue(Queue queue) {
        return new LoggingOptions(
                new Console(false, ConsoleFormat.ECS), null, LogFixture.DEFAULT_REDACTION, queue, 0, 1000);
    }

    private static LoggingOptions withRateLimit(int perSecond) {
        return new LoggingOptions(
                new Console(false, ConsoleFormat.ECS),
                null,
                LogFixture.DEFAULT_REDACTION,
                new Queue(1000, WhenFull.BLOCK),
                perSecond,
                1000);
    }

    private static LoggingOptions withRedaction(Redaction redaction) {
        return new LoggingOptions(
                new Console(false, ConsoleFormat.ECS), null, redaction, new Queue(1000, WhenFull.BLOCK), 0, 1000);
    }

    private double dropped(String source, String reason) {
        return meters.find("sidecar.logging.dropped").tags("source", source, "reason", reason).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static List<Object> bodies(LocalLogs logs, LogQuery query) {
        List<Object> bodies = new ArrayList<>();
        logs.recent(query).forEach(record -> bodies.add(record.body()));
        return bodies;
    }

    private static LogRecord at(Instant time, Severity severity, String body) {
        return record(body).toBuilder()
                .observedTimestamp(time)
                .severity(severity)
                .build();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Stuck extends OutputStream {
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public void write(int b) {
            awaitQuietly(release);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            awaitQuietly(release);
        }
    }
}
