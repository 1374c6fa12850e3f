package dev.sidecar.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.TinyServer;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One HTTP client over both kinds of socket, against servers that do right and wrong. */
abstract class TransportContract {

    private static final Duration SOON = Duration.ofMillis(400);
    static final Request QUESTION = Request.get("/v1");
    private static final Request RECORD = Request.post("/v1/logs", "{}".getBytes(StandardCharsets.UTF_8));

    TinyServer server;
    Transport transport;

    abstract TinyServer serve(TinyServer.Handler handler) throws IOException;

    @BeforeEach
    void start() throws IOException {
        server = serve(exchange -> exchange.json(200, "{}"));
        transport = new Transport(server.options(SOON), new Availability("test"));
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        transport.availability().close();
        server.close();
    }

    private String bodyOf(Request request) {
        return new String(transport.exchange(request).body(), StandardCharsets.UTF_8);
    }

    private void answers(String raw) {
        server.handler(exchange -> exchange.raw(raw));
    }

    @Test
    void keepsOneConnectionForManyCalls() {
        for (int i = 0; i < 50; i++) {
            assertThat(bodyOf(QUESTION)).isEqualTo("{}");
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void readsChunksWithExtensionsAndTrailers() {
        answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\nA;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");

        assertThat(bodyOf(QUESTION)).isEqualTo("abc0123456789");
        assertThat(bodyOf(QUESTION)).isEqualTo("abc0123456789");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void skipsInterimAnswers() {
        answers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        assertThat(bodyOf(QUESTION)).isEqualTo("ok");
    }

    @Test
    void honoursConnectionClose() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");

        assertThat(bodyOf(QUESTION)).isEqualTo("ok");
        assertThat(bodyOf(QUESTION)).isEqualTo("ok");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void readsToTheEndWhereNoLengthIsGiven() {
        server.handler(exchange -> {
            exchange.raw("HTTP/1.1 200 OK\r\n\r\nuntil the end");
            exchange.close();
        });

        assertThat(bodyOf(QUESTION)).isEqualTo("until the end");
        assertThat(bodyOf(QUESTION)).isEqualTo("until the end");
    }

    @Test
    void doesNotTrustAConnectionOnWhichMoreCameThanWasAskedFor() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");

        assertThat(bodyOf(QUESTION)).isEqualTo("ok");
        assertThat(bodyOf(QUESTION)).isEqualTo("ok");
    }

    @Test
    void sendsBodiesOfAnySize() {
        server.handler(exchange ->
                exchange.json(200, Integer.toString(exchange.request().body().length())));
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 'x');

        assertThat(bodyOf(Request.put("/v1/x", large))).isEqualTo("3000000");
    }

    @Test
    void readsAnswersOfSomeMegabytes() {
        String large = "x".repeat(5_000_000);
        server.handler(exchange -> exchange.json(200, large));

        assertThat(bodyOf(QUESTION)).hasSize(5_000_000);
    }

    @Test
    void refusesAnAnswerThatWouldFillTheMemory() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx");

        SidecarException refusal = catchThrowableOfType(SidecarException.class, () -> transport.exchange(QUESTION));

        assertThat(refusal.code()).isEqualTo("answer-too-large");
        assertThat(refusal).hasMessageContaining("33554432 bytes");
    }

    @Test
    void refusesAnEndlessAnswer() {
        server.handler(exchange -> {
            exchange.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.UTF_8);
            while (true) {
                exchange.raw(chunk);
            }
        });
        transport.close();
        transport = new Transport(server.options(Duration.ofSeconds(10)), new Availability("test"));

        assertThat(catchThrowableOfType(SidecarException.class, () -> transport.exchange(QUESTION))
                        .code())
                .isEqualTo("answer-too-large");
    }

    @Test
    void refusesEndlessHeaders() {
        server.handler(exchange -> {
            exchange.raw("HTTP/1.1 200 OK\r\n");
            while (true) {
                exchange.raw("X-Y: " + "z".repeat(1000) + "\r\n");
            }
        });

        assertThatThrownBy(() -> transport.exchange(QUESTION))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("headers larger than 65536 bytes");
    }

    @Test
    void saysThatGarbageIsNoAnswer() {
        answers("SSH-2.0-OpenSSH_9.6\r\n\r\n");

        assertThatThrownBy(() -> transport.exchange(QUESTION))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("GET /v1 at " + Transport.name(server.endpoint()))
                .hasMessageContaining("not the beginning of an HTTP/1.1 answer: 'SSH-2.0-OpenSSH_9.6'");
    }

    @Test
    void survivesAnyGarbage() {
        Random random = new Random(7);
        List<String> seeds = List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        server.handler(exchange -> {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            exchange.raw(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            exchange.close();
        });
        int answers = 0;
        int failures = 0;
        for (int i = 0; i < 500; i++) {
            try {
                transport.exchange(QUESTION);
                answers++;
            } catch (SidecarException e) {
                failures++;
            }
        }
        assertThat(answers).isPositive();
        assertThat(failures).isPositive();
    }

    @Test
    void givesUpInTimeWhenNothingComes() {
        CountDownLatch end = new CountDownLatch(1);
        server.handler(exchange -> end.await());
        long begin = System.nanoTime();

        assertThatThrownBy(() -> transport.exchange(QUESTION))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("timed out after 400 ms while waiting for the answer");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SOON, SOON.multipliedBy(4));
        end.countDown();
    }

    @Test
    void givesUpInTimeWhenTheAnswerDrips() {
        server.handler(exchange -> {
            exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 1000; i++) {
                exchange.raw("x");
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        });
        long begin = System.nanoTime();

        assertThatThrownBy(() -> transport.exchange(QUESTION))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("timed out");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SOON, SOON.multipliedBy(4));
    }

    @Test
    void givesUpInTimeWhenTheServerDoesNotRead() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        server.handler(exchange -> {
            exchange.json(200, "{}");
            end.await();
        });
        transport.exchange(QUESTION);

        assertThatThrownBy(() -> transport.exchange(Request.put("/v1/x", new byte[20_000_000])))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("timed out after 400 ms while sending");
        end.countDown();
    }

    @Test
    void doesNotTakeHalfAnAnswerForAWholeOne() {
        server.handler(exchange -> {
            exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            exchange.close();
        });

        assertThatThrownBy(() -> transport.exchange(QUESTION))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("closed in the middle of an answer");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void asksAgainWhenAKeptConnectionWasClosedBetweenCalls() throws IOException {
        transport.exchange(QUESTION);
        server.hangUp();

        assertThat(bodyOf(QUESTION)).isEqualTo("{}");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void sendsALogRecordOverANewConnectionWhenTheKeptOneIsSeenToBeClosed() throws IOException {
        transport.exchange(QUESTION);
        server.hangUp();
        await().untilAsserted(() -> assertThat(bodyOf(RECORD)).isEqualTo("{}"));

        assertThat(server.received()).filteredOn(r -> r.method().equals("POST")).hasSize(1);
    }

    @Test
    void neverSendsTwiceWhatIsNotIdempotent() {
        transport.exchange(QUESTION);
        server.handler(TinyServer.Exchange::close);

        assertThatThrownBy(() -> transport.exchange(RECORD)).isInstanceOf(SidecarUnavailableException.class);

        assertThat(server.received()).filteredOn(r -> r.method().equals("POST")).hasSize(1);
    }

    @Test
    void asksOnlyTwiceWhenEveryConnectionIsClosed() {
        transport.exchange(QUESTION);
        server.handler(TinyServer.Exchange::close);

        assertThatThrownBy(() -> transport.exchange(QUESTION)).isInstanceOf(SidecarUnavailableException.class);

        assertThat(server.received()).hasSize(3);
    }

    @Test
    void readsTheRefusalOfABodyThatWasNotReadToItsEnd() {
        server.handler(exchange -> exchange.problem(413, "too-large", "body: at most 5 bytes"));

        Response response = transport.exchange(Request.put("/v1/x", "123456".getBytes(StandardCharsets.UTF_8)));

        assertThat(response.status()).isEqualTo(413);
    }

    @Test
    void saysWhatWasTriedWhenNobodyListens() throws IOException {
        server.close();

        assertThatThrownBy(() -> transport.exchange(QUESTION))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("GET /v1 at " + Transport.name(server.endpoint()));
    }

    @Test
    void servesManyThreadsOverFewConnections() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        server.handler(exchange -> exchange.json(200, exchange.request().target()));
        for (int i = 0; i < 32; i++) {
            CompletableFuture<String> done = new CompletableFuture<>();
            calls.add(done);
            Threads.named("test-call", () -> {
                        try {
                            for (int n = 0; n < 50; n++) {
                                String target = "/v1/" + number.incrementAndGet();
                                assertThat(bodyOf(Request.get(target))).isEqualTo(target);
                            }
                            done.complete("right");
                        } catch (Throwable e) {
                            done.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(20)));
        assertThat(server.connections()).isLessThanOrEqualTo(8);
    }

    @Test
    void endsSoonWhenItsThreadIsInterrupted() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        server.handler(exchange -> {
            asked.countDown();
            end.await();
        });
        transport.close();
        transport = new Transport(server.options(Duration.ofSeconds(30)), new Availability("test"));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = Threads.named("test-interrupted", () -> {
            try {
                transport.exchange(QUESTION);
            } catch (SidecarException e) {
                failure.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost"));
            }
        });
        caller.start();
        await().until(() -> asked.getCount() == 0);

        caller.interrupt();

        await().untilAsserted(() -> assertThat(failure.get())
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("interrupted"));
        end.countDown();
    }

    @Test
    void aLineThatIsClosedEndsItsWaiting() {
        CountDownLatch end = new CountDownLatch(1);
        server.handler(exchange -> end.await());
        Line line = transport.line();
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(
                () -> line.exchange(QUESTION.waiting(Duration.ofSeconds(30))),
                work -> Threads.named("test-wait", work).start());
        await().until(() -> server.received().size() == 1);

        line.close();

        assertThat(answer).failsWithin(Duration.ofSeconds(2));
        assertThat(transport.availability().hangs()).isFalse();
        end.countDown();
    }

    @Nested
    class RefusalsTest {

        @Test
        void becomeTheExceptionThatTheEngineThrew() {
            server.handler(exchange -> exchange.problem(409, "some-code", "field: 'x' is wrong"));

            SidecarException refusal =
                    catchThrowableOfType(SidecarException.class, () -> new Api(transport).call(QUESTION));

            assertThat(refusal.problem().status()).isEqualTo(409);
            assertThat(refusal.code()).isEqualTo("some-code");
            assertThat(refusal.problem().detail()).isEqualTo("field: 'x' is wrong");
            assertThat(refusal.problem().retryAfterSeconds()).isEqualTo(7);
        }

        @Test
        void thatAreNoProblemDocumentsAreShown() {
            server.handler(exchange -> exchange.answer(500, "text/html", "", "<h1>Oops</h1>"));

            assertThatThrownBy(() -> new Api(transport).call(QUESTION))
                    .isInstanceOf(SidecarException.class)
                    .hasMessageContaining("GET /v1: the sidecar answered 500: <h1>Oops</h1>");
        }
    }

    @Test
    void countsRequestsByOutcome() throws IOException {
        var options = server.options(SOON);
        try (Transport counted = new Transport(options, new Availability("test"))) {
            counted.exchange(QUESTION);
            server.close();
            assertThatThrownBy(() -> counted.exchange(QUESTION)).isInstanceOf(SidecarUnavailableException.class);
        }
        assertThat(options.meters()
                        .counter("sidecar.client.requests", "outcome", "success")
                        .count())
                .isEqualTo(1);
        assertThat(options.meters()
                        .counter("sidecar.client.requests", "outcome", "unavailable")
                        .count())
                .isEqualTo(1);
    }
}
