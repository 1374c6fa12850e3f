package dev.sidecar.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.logging.LoggingOptions.Otlp;
import dev.sidecar.logging.LoggingOptions.Spool;
import dev.sidecar.logging.LoggingOptions.WhenFull;
import dev.sidecar.logging.otlp.OtlpEndpoint;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline with a collector behind it. */
class SpooledLogsTest {

    private static final Duration TIMEOUT = Duration.ofMillis(400);

    @TempDir
    Path home;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestCollector collector;
    private LocalLogs logs;

    @BeforeEach
    void listen() throws Exception {
        collector = new TestCollector();
    }

    @AfterEach
    void close() {
        if (logs != null) {
            logs.close();
        }
        collector.close();
    }

    private LocalLogs start(String endpoint, Spool spool) {
        LocalContext context =
                new LocalContext(new Identity("orders", "orders-1", "box"), new SidecarHome(home), meters);
        Otlp otlp = new Otlp(OtlpEndpoint.parse(endpoint), Map.of("Authorization", "Bearer t"), TIMEOUT);
        logs = new LocalLogs(context, LogFixture.options(null).sendingTo(otlp, spool), null);
        return logs;
    }

    private LocalLogs start() {
        return start("http://127.0.0.1:" + collector.port(), Spool.DEFAULTS);
    }

    private static List<LogRecord> records(String... bodies) {
        List<LogRecord> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(LogFixture.record(body));
        }
        return records;
    }

    private double dropped(String reason) {
        var counter =
                meters.find("sidecar.logging.dropped").tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void sendsWhatWasWrittenAndLoggedWithHeadersAndGzip() {
        start().write(records("one"));
        logs.log(LogFixture.record("two"));

        await().until(() -> collector.bodies().containsAll(List.of("one", "two")));
        TestCollector.Taken request = collector.requests.get(0);
        assertThat(request.path()).isEqualTo("/v1/logs");
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer t");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
        assertThat(request.headers().getFirst("User-Agent")).startsWith("sidecar/");
        await().until(() -> logs.spool().delivered() == 2);
        assertThat(logs.spool().sizeBytes()).isZero();
    }

    @Test
    void keepsRecordsWhileTheCollectorIsAwayAndSendsThemInOrderOnceItIsBack() throws Exception {
        int port = collector.port();
        collector.close();
        start("http://127.0.0.1:" + port, Spool.DEFAULTS);
        for (int i = 0; i < 20; i++) {
            logs.write(records("r" + i));
        }
        await().until(() -> logs.spool().lastError() != null);
        assertThat(logs.spool().records()).isGreaterThanOrEqualTo(20);
        assertThat(logs.spool().oldestAgeMs()).isPositive();

        collector = new TestCollector(port);

        await().until(() ->
                collector.bodies().stream().filter(b -> b.startsWith("r")).count() == 20);
        assertThat(collector.bodies().stream().filter(b -> b.startsWith("r")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "r" + i).toList());
    }

    @Test
    void sendsWhatWasWrittenJustBeforeItIsClosed() {
        start().write(records("one"));
        await().until(() -> logs.spool().delivered() == 1);

        logs.write(records("two"));
        logs.close();

        assertThat(collector.bodies()).contains("two");
    }

    @Test
    void theNextProcessSendsWhatThisOneCouldNot() throws Exception {
        int port = collector.port();
        collector.close();
        start("http://127.0.0.1:" + port, Spool.DEFAULTS).write(records("left behind"));
        logs.close();

        collector = new TestCollector(port);
        start("http://127.0.0.1:" + port, Spool.DEFAULTS);

        await().until(() -> collector.bodies().contains("left behind"));
    }

    @Test
    void triesAgainAfter503NotBeforeItIsAllowedTo() {
        collector.behaviour = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
            collector.behaviour = TestCollector::ok;
        };
        start().write(records("one"));

        await().until(() -> collector.requests.size() >= 2);
        assertThat(collector.requests.get(1).bodies()).contains("one");
        long between =
                collector.requests.get(1).atNanos() - collector.requests.get(0).atNanos();
        assertThat(Duration.ofNanos(between)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
        await().until(() -> logs.spool().sizeBytes() == 0);
        assertThat(logs.spool().dropped()).isEmpty();
    }

    @Test
    void aCollectorThatAsksForNoPatienceIsStillNotCalledAsFastAsItAnswers() {
        collector.behaviour = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(503, -1);
        };
        start().write(records("one"));

        await().until(() -> collector.requests.size() >= 3);
        long between =
                collector.requests.get(2).atNanos() - collector.requests.get(0).atNanos();
        assertThat(Duration.ofNanos(between)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void dropsAndCountsWhatIsRefusedForGood() {
        collector.behaviour = TestCollector.status(400);
        start().write(records("one", "two"));

        await().until(() -> dropped("collector-refused") >= 2);
        assertThat(collector.requests.stream().filter(r -> r.bodies().contains("one")))
                .hasSize(1);
        assertThat(logs.spool().dropped()).containsKey("collector-refused");
        assertThat(logs.spool().lastError()).contains("400");
    }

    @Test
    void countsAPartialSuccessAndNeverSendsItAgain() {
        byte[] answer = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(1)
                        .setErrorMessage("too old"))
                .build()
                .toByteArray();
        collector.behaviour = exchange -> {
            collector.behaviour = TestCollector::ok;
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        };
        start().write(records("one", "two"));

        await().until(() -> dropped("collector-rejected") == 1);
        await().until(() -> logs.spool().sizeBytes() == 0);
        assertThat(collector.requests.stream().filter(r -> r.bodies().contains("one")))
                .hasSize(1);
        assertThat(logs.spool().lastError()).contains("too old");
    }

    @Test
    void aCollectorThatHangsHoldsNobodyUpAndIsTriedAgain() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        collector.behaviour = exchange -> {
            try {
                hang.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        start().write(records("first"));
        await().until(() -> !collector.requests.isEmpty());

        for (int i = 0; i < 50; i++) {
            logs.write(records("while it hangs " + i));
        }
        assertThat(logs.spool().delivered()).isZero();
        await().until(() -> String.valueOf(logs.spool().lastError()).contains("did not answer"));

        collector.behaviour = TestCollector::ok;
        hang.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> logs.spool().sizeBytes() == 0);
        assertThat(collector.bodies()).contains("first", "while it hangs 49");
    }

    @Test
    void aConnectionThatIsResetIsTriedAgain() throws Exception {
        try (ServerSocket resetting = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            start("http://127.0.0.1:" + resetting.getLocalPort(), Spool.DEFAULTS)
                    .write(records("one"));
            for (int i = 0; i < 2; i++) {
                Socket connection = resetting.accept();
                connection.setOption(StandardSocketOptions.SO_LINGER, 0);
                connection.close();
            }
        }
        assertThat(logs.spool().records()).isPositive();
        assertThat(logs.spool().dropped()).isEmpty();
    }

    @Test
    void blockTellsTheWriterWhichPropertyToRaiseAndWhenToComeBack() {
        collector.behaviour = TestCollector.status(503);
        start("http://127.0.0.1:" + collector.port(), new Spool(1 << 20, Duration.ofHours(1), WhenFull.BLOCK));
        LogRecord large = LogFixture.record("x".repeat(100 << 10));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        logs.write(List.of(large));
                    }
                })
                .isInstanceOfSatisfying(SidecarException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(429);
                    assertThat(e.problem().code()).isEqualTo("log-spool-full");
                    assertThat(e.problem().detail()).contains("sidecar.logging.spool.max-size");
                    assertThat(e.problem().retryAfterSeconds()).isPositive();
                });
        assertThat(logs.spool().status()).isEqualTo(SpoolState.Status.FULL);
    }

    @Test
    void dropNewestRejectsAndCounts() {
        collector.behaviour = TestCollector.status(503);
        start("http://127.0.0.1:" + collector.port(), new Spool(1 << 20, Duration.ofHours(1), WhenFull.DROP_NEWEST));
        LogRecord large = LogFixture.record("x".repeat(100 << 10));
        LogReceipt last = LogReceipt.accepted(0);
        for (int i = 0; i < 20; i++) {
            last = logs.write(List.of(large));
        }

        assertThat(last.rejected()).isEqualTo(1);
        assertThat(last.errors().get(0).detail()).contains("sidecar.logging.spool.when-full");
        assertThat(logs.spool().dropped()).containsKey("spool-full");
    }

    @Test
    void dropOldestTakesTheNewAndCountsTheOld() {
        collector.behaviour = TestCollector.status(503);
        start("http://127.0.0.1:" + collector.port(), new Spool(1 << 20, Duration.ofHours(1), WhenFull.DROP_OLDEST));
        LogRecord large = LogFixture.record("x".repeat(100 << 10));
        for (int i = 0; i < 20; i++) {
            assertThat(logs.write(List.of(large)).accepted()).isEqualTo(1);
        }

        assertThat(dropped("spool-full")).isPositive();
        assertThat(logs.spool().sizeBytes()).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void withoutACollectorThereIsNoSpool() {
        logs = new LocalLogs(
                new LocalContext(new Identity("orders", "orders-1", "box"), new SidecarHome(home), meters),
                LogFixture.options(null),
                null);
        logs.write(records("one"));

        assertThat(logs.spool()).isNull();
        assertThat(home.resolve("spool")).doesNotExist();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("sidecar-log-shipper"));
    }
}
