package dev.sidecar.client.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.Subscription;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.TinyServer;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogReceipt;
import dev.sidecar.logging.LogRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RemoteLogsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;
    private final List<String> arrived = Collections.synchronizedList(new ArrayList<>());
    private TinyServer server;
    private MeterRegistry meters;
    private Availability availability;
    private Transport transport;
    private RemoteLogs logs;

    @BeforeEach
    void start() {
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        server = TinyServer.on(directory.resolve("a.sock"), this::take);
        connect(new LogBuffer(100, 1 << 20));
    }

    private void connect(LogBuffer buffer) {
        RemoteOptions options = server.options(Duration.ofSeconds(1));
        meters = options.meters();
        availability = new Availability("test");
        transport = new Transport(options, availability);
        logs = new RemoteLogs(new Api(transport), meters, buffer);
        availability.start(() -> transport.exchange(Request.get("/v1")));
        await().until(() -> availability.since() == null);
    }

    @AfterEach
    void stop() throws IOException {
        logs.close();
        availability.close();
        transport.close();
        server.close();
        System.setErr(standardError);
    }

    /** What a sidecar does with records. */
    private void take(TinyServer.Exchange exchange) throws IOException {
        if (exchange.request().method().equals("POST")) {
            arrived.addAll(bodies(exchange.request().body()));
        }
        exchange.json(200, "{}");
    }

    private static List<String> bodies(String otlp) {
        List<String> bodies = new ArrayList<>();
        for (JsonNode resource : SidecarJson.mapper().readTree(otlp).path("resourceLogs")) {
            for (JsonNode scope : resource.path("scopeLogs")) {
                for (JsonNode record : scope.path("logRecords")) {
                    bodies.add(record.path("body").path("stringValue").asString());
                }
            }
        }
        return bodies;
    }

    private static LogRecord record(String body) {
        return LogRecord.builder().body(body).build();
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
    }

    private void log(int from, int to) {
        lines(from, to).forEach(line -> logs.log(record(line)));
    }

    private String printed() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private double count(String outcome) {
        return meters.counter("sidecar.client.logs", "outcome", outcome).count();
    }

    @Test
    void deliversInOrder() {
        log(0, 1000);

        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).containsExactlyElementsOf(lines(0, 1000));
        assertThat(count("sent")).isEqualTo(1000);
    }

    @Test
    void keepsRecordsWhileTheSidecarIsAwayAndDeliversThemInOrder() throws IOException {
        log(0, 10);
        assertThat(logs.flush(SOON)).isTrue();
        server.close();
        log(10, 60);
        assertThat(logs.flush(Duration.ofMillis(50))).isFalse();

        server = server.again(this::take);

        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).containsExactlyElementsOf(lines(0, 60));
        assertThat(printed()).isEmpty();
    }

    @Test
    void printsWhatFindsNoRoomWhileTheSidecarIsAway() throws IOException {
        server.close();
        logs.log(record("first"));
        await().until(() -> availability.since() != null);

        log(0, 150);

        await().untilAsserted(() -> assertThat(count("spilled")).isEqualTo(51));
        assertThat(printed().lines()).hasSize(51).allMatch(line -> line.startsWith("{\"@timestamp\""));
        server = server.again(this::take);
        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).hasSize(100).startsWith("first", "line 0").endsWith("line 98");
        assertThat(count("dropped")).isZero();
    }

    @Test
    void printsNoSecrets() throws IOException {
        server.close();
        logs.log(LogRecord.builder()
                .body("in")
                .attributes(Map.of("password", "hunter2"))
                .build());

        logs.close();

        assertThat(printed()).contains("\"message\":\"in\"").doesNotContain("hunter2");
    }

    @Test
    void printsWhatIsLeftWhenItIsClosedWhileTheSidecarIsAway() throws IOException {
        server.close();
        log(0, 20);

        logs.close();
        logs.log(record("too late"));

        assertThat(printed().lines()).hasSize(20);
        assertThat(count("dropped")).isEqualTo(1);
    }

    @Test
    void deliversWhatIsLeftWhenItIsClosed() {
        log(0, 50);

        logs.close();

        assertThat(arrived).containsExactlyElementsOf(lines(0, 50));
    }

    @Test
    void neverWaitsLongForASidecarThatHangs() {
        CountDownLatch end = new CountDownLatch(1);
        server.handler(exchange -> end.await());
        logs.log(record("hangs"));
        await().until(availability::hangs);
        long begin = System.nanoTime();

        log(0, 1000);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        end.countDown();
    }

    @Test
    void waitsForARoomThatASlowSidecarMakes() {
        server.handler(exchange -> {
            new CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            take(exchange);
        });

        log(0, 500);

        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).containsExactlyElementsOf(lines(0, 500));
    }

    @Test
    void isolatesTheRecordThatTheSidecarRefuses() {
        server.handler(exchange -> {
            if (exchange.request().body().contains("poison")) {
                exchange.problem(400, "malformed-otlp", "poison");
            } else {
                take(exchange);
            }
        });

        log(0, 30);
        logs.log(record("poison"));
        log(30, 60);

        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).containsExactlyElementsOf(lines(0, 60));
        await().untilAsserted(() -> assertThat(printed()).contains("poison"));
    }

    @Test
    void sendsAgainWhenTheSidecarHasNoRoomForNow() {
        List<Integer> answers = new ArrayList<>(List.of(503, 429));
        server.handler(exchange -> {
            if (exchange.request().method().equals("POST") && !answers.isEmpty()) {
                exchange.problem(answers.remove(0), "log-sink-unavailable", "full");
            } else {
                take(exchange);
            }
        });

        log(0, 5);

        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).containsExactlyElementsOf(lines(0, 5));
    }

    @Test
    void survivesObjectsThatCannotSayWhatTheyAre() {
        Object rude = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        logs.log(LogRecord.builder()
                .body("rude")
                .attributes(Map.of("it", rude, "loop", endless, "half", "\ud800"))
                .build());
        log(0, 1);

        assertThat(logs.flush(SOON)).isTrue();
        assertThat(arrived).containsExactly("rude", "line 0");
    }

    @Test
    void writeSaysWhichRecordsWereRejected() {
        server.handler(
                exchange -> exchange.json(
                        200,
                        """
                {"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too fast"},
                 "errors":[{"line":2,"detail":"too fast"}]}"""));

        LogReceipt receipt = logs.write(List.of(record("a"), record("b"), record("c")));

        assertThat(receipt).isEqualTo(new LogReceipt(2, 1, List.of(new LogReceipt.LineError(2, "too fast"))));
    }

    @Test
    void writeFailsLoudlyWhenTheSidecarIsAway() throws IOException {
        server.close();

        assertThatThrownBy(() -> logs.write(List.of(record("a"))))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("POST /v1/logs");
    }

    @Test
    void writeHandsOnTheRefusalOfTheEngine() {
        server.handler(exchange -> exchange.problem(503, "log-sink-unavailable", "disk full"));

        assertThatThrownBy(() -> logs.write(List.of(record("a"))))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("log-sink-unavailable"))
                .isNotInstanceOf(SidecarUnavailableException.class);
    }

    @Test
    void asksForRecentRecordsByTheQuery() {
        server.handler(exchange -> exchange.json(200, "{\"records\":[]}"));

        assertThat(logs.recent(new LogQuery(5, dev.sidecar.logging.Severity.WARN, null, "a b&c")))
                .isEmpty();

        assertThat(server.received()).last().satisfies(request -> assertThat(request.target())
                .isEqualTo("/v1/logs?limit=5&severity=WARN&q=a%20b%26c"));
    }

    @Test
    void followsAcrossABreakOfTheStream() throws IOException {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        server.handler(exchange -> stream(exchange, "one", "two"));
        Subscription subscription = logs.follow(LogQuery.LATEST, record -> {
            seen.add(record.body());
            throw new IllegalStateException("a listener's own fault");
        });
        await().untilAsserted(() -> assertThat(seen).contains("one", "two"));

        server.handler(exchange -> stream(exchange, "three"));
        server.hangUp();

        await().untilAsserted(() -> assertThat(seen).contains("three"));
        subscription.close();
        int calls = seen.size();
        server.hangUp();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("sidecar-client-follow")));
        assertThat(seen).hasSize(calls);
    }

    private static void stream(TinyServer.Exchange exchange, String... bodies) throws IOException {
        if (!exchange.request().headers().getOrDefault("accept", "").equals("text/event-stream")) {
            exchange.json(200, "{}");
            return;
        }
        exchange.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        StringBuilder events = new StringBuilder(":hello\n\n");
        for (String body : bodies) {
            events.append("data:")
                    .append(SidecarJson.mapper().writeValueAsString(record(body)))
                    .append("\n\n");
        }
        exchange.raw(Integer.toHexString(events.length()) + "\r\n" + events + "\r\n");
    }

    @Test
    void followHandsOnARefusal() {
        server.handler(exchange -> exchange.problem(400, "invalid-query", "limit"));

        assertThatThrownBy(() -> logs.follow(LogQuery.LATEST, record -> {}))
                .isInstanceOfSatisfying(
                        SidecarException.class, e -> assertThat(e.code()).isEqualTo("invalid-query"));
    }
}
