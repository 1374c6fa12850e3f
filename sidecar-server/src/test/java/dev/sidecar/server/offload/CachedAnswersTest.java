package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cache by RFC 9111, seen from outside. The application answers as a test has it; that time goes by is said by the
 * {@code Age} with which its answers come.
 */
class CachedAnswersTest {

    @TempDir
    static Path home;

    private static final Map<String, Handler> HANDLERS = new ConcurrentHashMap<>();
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static HttpServer app;
    private static RunningServer server;

    private interface Handler {
        void handle(HttpExchange exchange, int number) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            int number;
            synchronized (SEEN) {
                SEEN.add(exchange.getRequestMethod() + " " + path);
                number = (int)
                        SEEN.stream().filter(line -> line.endsWith(" " + path)).count();
            }
            exchange.getRequestBody().readAllBytes();
            HANDLERS.getOrDefault(path, (each, count) -> each.sendResponseHeaders(204, -1))
                    .handle(exchange, number);
            exchange.close();
        });
        app.setExecutor(THREADS);
        app.start();
        server = RunningServer.start(
                home,
                "sidecar.offload.port=0",
                "sidecar.offload.app=http://127.0.0.1:" + app.getAddress().getPort(),
                "sidecar.offload.cache.max-size=1MB");
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
    }

    @AfterAll
    static void stop() {
        server.close();
        app.stop(0);
        THREADS.shutdownNow();
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
        HANDLERS.clear();
    }

    /** Answers with the number of the request in the content. */
    private static Handler answer(int status, String... fields) {
        return (exchange, number) -> {
            byte[] body = ("answer " + number).getBytes(StandardCharsets.UTF_8);
            for (String field : fields) {
                int colon = field.indexOf(':');
                exchange.getResponseHeaders()
                        .add(
                                field.substring(0, colon),
                                field.substring(colon + 1).strip());
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private static void on(String path, Handler handler) {
        HANDLERS.put(path, handler);
    }

    private static RawAnswer get(String path, String... fields) {
        return send("GET", path, fields);
    }

    private static RawAnswer send(String method, String path, String... fields) {
        return RawAnswer.to(URI.create(server.bean(Offload.class).url()), method, path, fields);
    }

    private static int asked(String path) {
        return (int) SEEN.stream().filter(line -> line.endsWith(" " + path)).count();
    }

    @Test
    void oneRequestFetchesTheNewAnswerWhileTheOthersGetTheStaleOneThatMayStillBeUsed() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        String[] fields = {"Cache-Control: max-age=5, stale-while-revalidate=60", "Age: 10"};
        on("/swr", (exchange, number) -> {
            if (number == 2) {
                arrived.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            answer(200, fields).handle(exchange, number);
        });
        assertThat(get("/swr").text()).isEqualTo("answer 1");

        CompletableFuture<RawAnswer> fetching = CompletableFuture.supplyAsync(() -> get("/swr"), THREADS);
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        RawAnswer meanwhile = get("/swr");
        released.countDown();

        assertThat(meanwhile.text()).isEqualTo("answer 1");
        assertThat(meanwhile.field("Cache-Status")).startsWith("sidecar; hit; stale");
        assertThat(fetching.get().text()).isEqualTo("answer 2");
        assertThat(asked("/swr")).isEqualTo(2);
    }

    @Test
    void aFreshAnswerIsGivenAgainWithItsAge() {
        on("/fresh", answer(200, "Cache-Control: max-age=60", "Age: 7", "X-Own: 1", "Connection: X-Hop", "X-Hop: 1"));
        RawAnswer first = get("/fresh");
        RawAnswer second = get("/fresh");

        assertThat(first.text()).isEqualTo("answer 1");
        assertThat(second.text()).isEqualTo("answer 1");
        assertThat(Integer.parseInt(second.field("Age"))).isBetween(7, 20);
        assertThat(second.field("Cache-Status")).startsWith("sidecar; hit; ttl=");
        assertThat(second.field("X-Own")).isEqualTo("1");
        assertThat(second.field("X-Hop")).isEmpty();
        assertThat(second.field("Date")).isEqualTo(first.field("Date"));
        assertThat(asked("/fresh")).isEqualTo(1);
    }

    @Test
    void headAndConditionsAreAnsweredFromIt() {
        on("/conditions", answer(200, "Cache-Control: max-age=60", "ETag: \"v1\"", "Content-Type: text/plain"));
        get("/conditions");

        RawAnswer head = send("HEAD", "/conditions");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("Content-Length")).isEqualTo("8");
        assertThat(head.body()).isEmpty();
        RawAnswer unchanged = get("/conditions", "If-None-Match: W/\"v1\"");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.field("ETag")).isEqualTo("\"v1\"");
        assertThat(unchanged.body()).isEmpty();
        assertThat(get("/conditions", "If-None-Match: \"v0\"").status()).isEqualTo(200);
        assertThat(asked("/conditions")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: said",
                "Cache-Control: no-store, max-age=60",
                "Cache-Control: private, max-age=60",
                "Cache-Control: private=\"x-a, x-b\", max-age=60",
                "Cache-Control: max-age=0",
                "Cache-Control: max-age=many",
                "Cache-Control: s-maxage=0, max-age=60",
                "Cache-Control: no-cache",
                "Expires: 0",
                "Expires: Thu, 01 Jan 1970 00:00:00 GMT",
                "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT",
            })
    void whatMayNotBeUsedAgainIsAskedForAgain(String field) {
        on("/not", answer(200, field));

        assertThat(get("/not").text()).isEqualTo("answer 1");
        assertThat(get("/not").text()).isEqualTo("answer 2");
    }

    @Test
    void whatIsOnePersonsOrAPartIsNeverKept() {
        String fresh = "Cache-Control: max-age=60";
        on("/cookie", answer(200, fresh, "Set-Cookie: id=1"));
        on("/star", answer(200, fresh, "Vary: *"));
        on("/part", answer(206, fresh, "Content-Range: bytes 0-7/100"));
        on("/error", answer(500, fresh));
        on("/authorized", answer(200, fresh));
        on("/ranged", answer(200, fresh));
        for (String path : List.of("/cookie", "/star", "/part", "/error")) {
            get(path);
            assertThat(get(path).text()).as(path).isEqualTo("answer 2");
        }
        get("/authorized", "Authorization: Bearer a");
        assertThat(get("/authorized", "Authorization: Bearer b").text()).isEqualTo("answer 2");
        get("/authorized");
        assertThat(get("/authorized", "Authorization: Bearer b").text()).isEqualTo("answer 4");
        get("/ranged", "Range: bytes=0-1");
        assertThat(get("/ranged").text()).isEqualTo("answer 2");
        assertThat(get("/ranged", "Cache-Control: no-store", "X: 1").text()).isEqualTo("answer 2");
    }

    @Test
    void whatSaysThatItIsForAllIsUsedForThoseWithCredentialsToo() {
        on("/public", answer(200, "Cache-Control: public, max-age=60"));
        get("/public", "Authorization: Bearer a");

        assertThat(get("/public", "Authorization: Bearer b").text()).isEqualTo("answer 1");
    }

    @Test
    void itIsKeptByUrlHostAndTheFieldsThatChoseIt() {
        on("/vary", answer(200, "Cache-Control: max-age=60", "Vary: Accept-Language"));

        assertThat(get("/vary", "Accept-Language: de").text()).isEqualTo("answer 1");
        assertThat(get("/vary", "Accept-Language: fr").text()).isEqualTo("answer 2");
        assertThat(get("/vary").text()).isEqualTo("answer 3");
        assertThat(get("/vary", "Accept-Language: de").text()).isEqualTo("answer 1");
        assertThat(get("/vary", "Accept-Language: fr").text()).isEqualTo("answer 2");
        assertThat(get("/vary").text()).isEqualTo("answer 3");
        assertThat(get("/vary?other").text()).isEqualTo("answer 4");
    }

    @Test
    void whatIsStaleIsAskedForWithItsValidatorAndGivenAgainWhenItHolds() {
        List<String> conditions = new ArrayList<>();
        on("/validate", (exchange, number) -> {
            String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
            conditions.add(condition);
            exchange.getResponseHeaders().add("ETag", "\"v" + (number < 3 ? 1 : 2) + "\"");
            exchange.getResponseHeaders().add("Cache-Control", number < 3 ? "max-age=0" : "max-age=60");
            exchange.getResponseHeaders().add("X-Seen", String.valueOf(number));
            if (number == 2) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                byte[] body = ("content " + number).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });

        assertThat(get("/validate").text()).isEqualTo("content 1");
        RawAnswer validated = get("/validate");
        assertThat(validated.status()).isEqualTo(200);
        assertThat(validated.text()).isEqualTo("content 1");
        assertThat(validated.field("X-Seen")).isEqualTo("2");
        assertThat(validated.field("Cache-Status")).contains("fwd=stale; fwd-status=304");
        assertThat(get("/validate", "If-None-Match: \"mine\"").text()).isEqualTo("content 3");
        assertThat(get("/validate").text()).isEqualTo("content 3");
        assertThat(conditions).containsExactly(null, "\"v1\"", "\"v1\"");
    }

    @Test
    void theClientMaySayHowOldIsTooOld() {
        on("/asked", answer(200, "Cache-Control: max-age=60", "Age: 30", "ETag: \"a\""));
        on("/stale", answer(200, "Cache-Control: max-age=60", "Age: 90", "ETag: \"a\""));
        get("/asked");
        get("/stale");

        assertThat(get("/asked", "Cache-Control: max-age=60").text()).isEqualTo("answer 1");
        assertThat(get("/asked", "Cache-Control: max-age=10").text()).isEqualTo("answer 2");
        assertThat(get("/asked", "Cache-Control: min-fresh=50").text()).isEqualTo("answer 3");
        assertThat(get("/asked", "Cache-Control: no-cache").text()).isEqualTo("answer 4");
        assertThat(get("/asked", "Pragma: no-cache").text()).isEqualTo("answer 5");
        assertThat(get("/stale", "Cache-Control: max-stale=600").text()).isEqualTo("answer 1");
        assertThat(get("/stale", "Cache-Control: max-stale=5").text()).isEqualTo("answer 2");
        RawAnswer only = get("/never", "Cache-Control: only-if-cached");
        assertThat(only.status()).isEqualTo(504);
        assertThat(only.text()).contains("\"code\":\"not-cached\"");
        assertThat(asked("/never")).isZero();
    }

    @Test
    void aStaleAnswerIsBetterThanAnErrorWhereItSaysSo() {
        Handler fails = answer(503);
        for (String each : List.of("stale-if-error=600", "must-revalidate, stale-if-error=600", "x=1")) {
            String path = "/failing-" + each.length();
            Handler well = answer(200, "Cache-Control: max-age=60, " + each, "Age: 90", "ETag: \"a\"");
            on(path, (exchange, number) -> (number == 1 ? well : fails).handle(exchange, number));
            get(path);
            RawAnswer then = get(path);
            assertThat(then.status()).as(each).isEqualTo(each.startsWith("stale") ? 200 : 503);
        }
    }

    @Test
    void whatChangesSomethingForgetsWhatItMayHaveChanged() {
        on("/thing", answer(200, "Cache-Control: max-age=60"));
        on("/other", answer(200, "Cache-Control: max-age=60"));
        on("/refused", answer(200, "Cache-Control: max-age=60"));
        on("/create", answer(201, "Location: /other", "Content-Location: http://elsewhere.example/thing"));
        for (String path : List.of("/thing", "/other", "/refused")) {
            get(path);
        }
        send("POST", "/create", "Content-Length: 0");
        assertThat(get("/thing").text()).isEqualTo("answer 1");
        assertThat(get("/other").text()).isEqualTo("answer 2");

        send("DELETE", "/thing");
        assertThat(get("/thing").text()).isEqualTo("answer 3");

        Handler before = HANDLERS.get("/refused");
        on("/refused", answer(403));
        send("PUT", "/refused", "Content-Length: 0");
        on("/refused", before);
        assertThat(get("/refused").text()).isEqualTo("answer 1");
    }

    @Test
    void whoAsksForTheSameWaitsForTheOneWhoAskedFirst() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Handler fresh = answer(200, "Cache-Control: max-age=60");
        on("/crowd", (exchange, number) -> {
            asked.countDown();
            await(go);
            fresh.handle(exchange, number);
        });
        List<CompletableFuture<RawAnswer>> all = new ArrayList<>();
        all.add(CompletableFuture.supplyAsync(() -> get("/crowd"), THREADS));
        await(asked);
        IntStream.range(0, 20).forEach(i -> all.add(CompletableFuture.supplyAsync(() -> get("/crowd"), THREADS)));
        // Those who cannot wait are not held up.
        assertThat(get("/elsewhere").status()).isEqualTo(204);
        go.countDown();

        assertThat(all).allSatisfy(answer -> assertThat(answer.join().text()).isEqualTo("answer 1"));
        assertThat(asked("/crowd")).isEqualTo(1);
    }

    @Test
    void nobodyWaitsForWhatTurnsOutToBeForOne() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Handler own = answer(200, "Cache-Control: private");
        on("/own", (exchange, number) -> {
            if (number == 1) {
                asked.countDown();
                await(go);
            }
            own.handle(exchange, number);
        });
        List<CompletableFuture<RawAnswer>> all = new ArrayList<>();
        all.add(CompletableFuture.supplyAsync(() -> get("/own"), THREADS));
        await(asked);
        IntStream.range(0, 5).forEach(i -> all.add(CompletableFuture.supplyAsync(() -> get("/own"), THREADS)));
        go.countDown();

        assertThat(all.stream().map(each -> each.join().text()).distinct()).hasSize(6);
    }

    @Test
    void anAnswerThatBreaksOffIsNotKeptAndThoseWhoWaitedAskThemselves() {
        on("/broken", (exchange, number) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[number == 1 ? 10 : 100]);
            exchange.getResponseBody().flush();
            if (number == 1) {
                throw new IOException("broken off");
            }
        });
        assertThat(get("/broken").body()).hasSizeLessThan(100);
        assertThat(get("/broken").body()).hasSize(100);
        assertThat(asked("/broken")).isEqualTo(2);
    }

    @Test
    void theOldestGoWhenThereIsNoRoomAndTheLargestAreNotKept() {
        for (int i = 0; i < 40; i++) {
            on("/big" + i, sized(50_000));
            get("/big" + i);
        }
        on("/huge", sized(1024 * 1024 / 16 + 1));
        get("/huge");
        get("/huge");
        assertThat(asked("/huge")).isEqualTo(2);

        get("/big39");
        assertThat(asked("/big39")).isEqualTo(1);
        get("/big0");
        assertThat(asked("/big0")).isEqualTo(2);
        double size = Double.parseDouble(server.send(server.ops("/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith("sidecar_offload_cache_size_bytes"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow());
        assertThat(size).isBetween(500_000.0, 1024.0 * 1024);
    }

    private static Handler sized(int length) {
        return (exchange, number) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(new byte[length]);
        };
    }

    @Test
    void whatIsKeptIsCompressedOnceForThoseWhoTakeIt() {
        byte[] text = "all work and no play ".repeat(500).getBytes(StandardCharsets.UTF_8);
        on("/text", (exchange, number) -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.getResponseHeaders().add("ETag", "\"t\"");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        });
        get("/text");
        for (int i = 0; i < 2; i++) {
            RawAnswer zipped = get("/text", "Accept-Encoding: gzip");
            assertThat(zipped.field("Content-Encoding")).isEqualTo("gzip");
            assertThat(zipped.field("ETag")).isEqualTo("W/\"t\"");
            assertThat(zipped.field("Vary")).isEqualTo("Accept-Encoding");
            assertThat(zipped.body()).hasSizeLessThan(1000);
            assertThat(CompressedAnswersTest.unzipped(zipped.body())).isEqualTo(text);
        }
        RawAnswer plain = get("/text");
        assertThat(plain.body()).isEqualTo(text);
        assertThat(plain.field("ETag")).isEqualTo("\"t\"");
        assertThat(asked("/text")).isEqualTo(1);
    }

    @Test
    void isSeenInItsMeters() {
        on("/metered", answer(200, "Cache-Control: max-age=60"));
        get("/metered");
        get("/metered");

        String scraped = server.send(server.ops("/actuator/prometheus")).body();
        assertThat(scraped)
                .containsPattern("sidecar_offload_cache_requests_total\\{.*result=\"hit\".*} [1-9]")
                .containsPattern("sidecar_offload_cache_requests_total\\{.*result=\"miss\".*} [1-9]");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
