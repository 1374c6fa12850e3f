package dev.sidecar.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.proxy.http1.HeadLimits;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through, how, and what the two sides do to each other. */
class ProxyServerTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static String echoed(RawClient client) throws Exception {
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
        int at = head.indexOf("Content-Length: ") + 16;
        return client.read(Integer.parseInt(head.substring(at, head.indexOf("\r\n", at))));
    }

    @Test
    void keepsBothConnectionsAlive() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                assertThat(echoed(client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n")))
                        .startsWith("GET /" + i + " HTTP/1.1\r\nHost: a\r\n");
            }
            assertThat(upstream.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                all.append("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 200; i++) {
                assertThat(echoed(client)).startsWith("POST /" + i + " ");
            }
        }
    }

    @Test
    void understandsARequestHoweverItIsCutIntoPieces() throws Exception {
        String request = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x=\"y;\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 13\r\n\r\n";
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    while (!peer.head().isEmpty()) {
                        StringBuilder body = new StringBuilder();
                        while (!body.toString().endsWith("\r\n\r\n")) {
                            body.append(peer.read(1));
                        }
                        String plain =
                                body.toString().replaceAll("(?<=^|\r\n)[0-9a-f]+\r\n(.*?)\r\n(?=[0-9a-f]+\r\n)", "$1");
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + plain.length() + "\r\n\r\n" + plain);
                    }
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
                client.socket.getOutputStream().flush();
            }
            assertThat(echoed(client)).contains("abc", "X-Sum: 13");
        }
    }

    @Test
    void removesWhatIsForOneHopOnly() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            String seen = echoed(client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Secret\r\n"
                    + "x-secret: 1\r\nKeep-Alive: 5\r\nProxy-Connection: x\r\nProxy-Authorization: y\r\nTE: gzip\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: z\r\nX-Kept:  spaced \t\r\nTrailer: X\r\n\r\n"));
            assertThat(seen).contains("X-Kept:  spaced\r\n", "Trailer: X\r\n");
            assertThat(seen.toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("secret", "keep-alive", "proxy-", "\r\nte:", "upgrade", "http2-settings");
        }
    }

    @Test
    void tellsTheUpstreamWhereTheRequestCameFrom() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            assertThat(echoed(client.send("GET / HTTP/1.1\r\nHost: a:8\r\nX-Forwarded-For: 10.0.0.1\r\n"
                            + "Forwarded: for=10.0.0.1\r\nX-Request-Id: r1\r\n\r\n")))
                    .contains(
                            "X-Forwarded-For: 10.0.0.1, 127.0.0.1\r\n",
                            "X-Forwarded-Proto: http\r\n",
                            "X-Forwarded-Host: a:8\r\n",
                            "Forwarded: for=10.0.0.1, for=127.0.0.1;proto=http;host=\"a:8\"\r\n",
                            "Via: 1.1 sidecar\r\n",
                            "X-Request-Id: r1\r\n")
                    .containsPattern("traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\r\n");
            String kept = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
            assertThat(echoed(client.send("GET / HTTP/1.1\r\nHost: a\r\ntraceparent: " + kept + "\r\n\r\n")))
                    .contains("traceparent: " + kept + "\r\n", "X-Request-Id: 0af7651916cd43dd8448eb211c80319c\r\n");
        }
    }

    @Test
    void takesAbsoluteTargetsAsAProxyDoes() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            assertThat(echoed(client.send("GET http://A:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n")))
                    .startsWith("GET /x?y HTTP/1.1\r\nHost: A:80\r\n");
            assertThat(echoed(client.send("GET http://a?y HTTP/1.1\r\nHost: a\r\n\r\n")))
                    .startsWith("GET /?y HTTP/1.1\r\nHost: a\r\n");
        }
    }

    @Test
    void passesChunksAndTrailersBack() throws Exception {
        String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                + "3\r\nabc\r\n0\r\nX-Sum: 3\r\n\r\n";
        try (RawUpstream upstream = RawUpstream.answering(response);
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(GET).head()).contains("Transfer-Encoding: chunked\r\n", "Trailer: X-Sum\r\n");
                assertThat(client.read(23)).isEqualTo("3\r\nabc\r\n0\r\nX-Sum: 3\r\n\r\n");
            }
        }
    }

    @Test
    void responseWithoutLengthBecomesChunkedForANewClientAndEndsTheConnectionOfAnOldOne() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 200 OK\r\n\r\nabc");
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client();
                RawClient old = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.rest())
                    .contains("Transfer-Encoding: chunked\r\n")
                    .endsWith("\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            old.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(old.rest()).doesNotContain("chunked").endsWith("\r\n\r\nabc");
        }
    }

    @Test
    void answersToHeadHaveNoContentWhateverTheirLength() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.head()).contains("Content-Length: 1000\r\n");
            }
            assertThat(upstream.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void relaysInterimResponsesAndTheWishToWaitForThem() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    while (!peer.head().isEmpty()) {
                        peer.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
                        String body = peer.read(3);
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + body);
                    }
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("abc");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.read(3)).isEqualTo("abc");
            assertThat(upstream.heads.get(0)).contains("Expect: 100-continue\r\n");
        }
    }

    @Test
    void upgradedConnectionPassesBytesBothWays() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send(
                            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello");
                    peer.send(peer.read(4).toUpperCase(java.util.Locale.ROOT));
                    peer.send(peer.read(4).toUpperCase(java.util.Locale.ROOT));
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nping");
            assertThat(client.head()).contains("101 ", "Connection: Upgrade\r\n", "Upgrade: websocket\r\n");
            assertThat(client.read(9)).isEqualTo("helloPING");
            client.send("pong");
            assertThat(client.rest()).isEqualTo("PONG");
            assertThat(upstream.heads.get(0)).contains("Connection: Upgrade\r\nUpgrade: websocket\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h2c", "H2C", "foo, h2c", "h2c,websocket", "HTTP/2.0", "TLS/1.0", "websocket, TLS/1.2, HTTP/1.1"
            })
    void offerToSpeakHttpPastTheProxyIsNotPassedOn(String protocols) throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocols
                    + "\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(upstream.heads.get(0))
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContain("HTTP2-Settings");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c\r\n", "Upgrade: other\r\n", "Upgrade: websocket, h2c\r\n", ""})
    void changeToAProtocolThatWasNotOfferedIsAnsweredWith502(String changed) throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + changed + "\r\nhello");
                    peer.head();
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void connectPassesBytesBothWaysAndHalfCloses() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> peer.send(
                        "got " + new String(peer.socket.getInputStream().readAllBytes())));
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            client.send("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            client.send("all");
            client.socket.shutdownOutput();
            assertThat(client.rest()).isEqualTo("got all");
        }
    }

    @Test
    void earlyAnswerReachesAClientThatIsStillSending() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\nabc");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 401 Unauthorized\r\n")
                    .contains("Connection: close\r\n")
                    .endsWith("no");
        }
    }

    @Test
    void clientThatLeavesEndsTheUpstreamsWork() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    end.complete(peer.socket.getInputStream().read());
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target())) {
            try (RawClient client = proxy.client()) {
                client.send(GET);
                await().until(() -> !upstream.heads.isEmpty());
            }
            assertThat(end.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
            await().until(() -> !proxy.exchanges.isEmpty());
            assertThat(proxy.exchange().reason()).isEqualTo(Reasons.CLIENT_ABORTED);
        }
    }

    @Test
    void silentUpstreamIsAnsweredWith504() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    while (!peer.head().isEmpty()) {
                        peer.send("HTTP/1.1 2");
                    }
                });
                ProxyFixture proxy =
                        ProxyFixture.to(upstream.target(), RouteLimits.DEFAULT.timeout(Duration.ofMillis(200)));
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                String head = client.send(GET).head();
                assertThat(head).startsWith("HTTP/1.1 504 ").contains("Sidecar-Reason: upstream-timeout\r\n");
                client.read(Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
            }
        }
    }

    @Test
    void stalledUpstreamIsCutOff() throws Exception {
        try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                ProxyFixture proxy =
                        ProxyFixture.to(upstream.target(), RouteLimits.DEFAULT.stallTimeout(Duration.ofMillis(200)));
                RawClient client = proxy.client()) {
            assertThat(client.send(GET).rest()).endsWith("\r\n\r\nabc");
            assertThat(proxy.exchange().reason()).isEqualTo(Reasons.UPSTREAM_STALLED);
        }
    }

    @Test
    void answerThatComesByteByByteIsPassedOnAsItComesAndHoldsUpNobody() throws Exception {
        BlockingQueue<String> bytes = new LinkedBlockingQueue<>();
        try (RawUpstream dripping = new RawUpstream(peer -> {
                    peer.head();
                    for (String octet = bytes.take(); !octet.isEmpty(); octet = bytes.take()) {
                        peer.send(octet);
                    }
                });
                RawUpstream well = RawUpstream.echoing();
                ProxyFixture proxy = new ProxyFixture(
                        (request, origin) -> ProxyFixture.decision(
                                new ProxyFixture.FixedRoute(
                                        request.path().equals("/slow") ? dripping.target() : well.target(),
                                        RouteLimits.DEFAULT),
                                false),
                        ProxyOptions.DEFAULT);
                RawClient slow = proxy.client()) {
            slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".chars().forEach(c -> bytes.add(String.valueOf((char) c)));
            assertThat(slow.head()).startsWith("HTTP/1.1 200 ");
            for (String octet : List.of("a", "b", "c")) {
                try (RawClient other = proxy.client()) {
                    other.send("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
                    assertThat(other.head()).startsWith("HTTP/1.1 200 ");
                }
                bytes.add(octet);
                assertThat(slow.read(1)).isEqualTo(octet);
            }
            bytes.add("");
        }
    }

    @Test
    void refusedConnectionIsAnsweredWith502() throws Exception {
        Target nobody;
        try (RawUpstream upstream = RawUpstream.echoing()) {
            nobody = upstream.target();
        }
        try (ProxyFixture proxy = ProxyFixture.to(nobody);
                RawClient client = proxy.client()) {
            assertThat(client.send(GET).head())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("Sidecar-Reason: connect-failed\r\n", "application/problem+json");
        }
    }

    @Test
    void connectionThatDiedInThePoolIsReplacedWithoutTheClientNoticing() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    peer.head();
                    peer.reset();
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(client.read(2)).isEqualTo("ok");
            }
            String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
            assertThat(client.send(post).head()).as("not safe to send twice").startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void largeContentPassesBothWaysAtTheSpeedOfTheSlowerSide() throws Exception {
        int megabytes = 64;
        CountDownLatch read = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    OutputStream out = peer.socket.getOutputStream();
                    byte[] block = new byte[1 << 20];
                    read.await();
                    for (int i = 0; i < megabytes; i++) {
                        peer.socket.getInputStream().readNBytes(block, 0, block.length);
                    }
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + ((long) megabytes << 20) + "\r\n\r\n");
                    for (int i = 0; i < megabytes; i++) {
                        out.write(block);
                    }
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            long before = io.netty.util.internal.PlatformDependent.usedDirectMemory();
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + ((long) megabytes << 20) + "\r\n\r\n");
            Thread sending = new Thread(() -> {
                try {
                    for (int i = 0; i < megabytes; i++) {
                        client.send(new byte[1 << 20]);
                    }
                } catch (java.io.IOException closed) {
                    throw new java.io.UncheckedIOException(closed);
                }
            });
            sending.start();
            sending.join(500);
            assertThat(sending.isAlive()).as("held back").isTrue();
            read.countDown();
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            long left = (long) megabytes << 20;
            byte[] block = new byte[1 << 20];
            while (left > 0) {
                int length = client.in.read(block);
                assertThat(length).isPositive();
                left -= length;
            }
            assertThat(io.netty.util.internal.PlatformDependent.usedDirectMemory() - before)
                    .isLessThan(24L << 20);
        }
    }

    @Test
    void contentBeyondTheLimitIsAnsweredWith413() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = ProxyFixture.to(upstream.target(), RouteLimits.DEFAULT.maxBodyBytes(10));
                RawClient said = proxy.client();
                RawClient chunked = proxy.client()) {
            said.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nabcdefghijk" + GET);
            assertThat(said.head()).startsWith("HTTP/1.1 413 ").contains("Sidecar-Reason: body-too-large\r\n");
            chunked.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n");
            assertThat(chunked.head()).startsWith("HTTP/1.1 413 ").contains("Connection: close\r\n");
        }
    }

    @Test
    void slowAndIdleClientsAreSentAway() throws Exception {
        ProxyOptions hasty = ProxyOptions.DEFAULT.clientTimeouts(
                Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));
        try (RawUpstream upstream =
                        new RawUpstream(peer -> peer.socket.getInputStream().readAllBytes());
                ProxyFixture proxy = new ProxyFixture(
                        (request, origin) -> ProxyFixture.decision(
                                new ProxyFixture.FixedRoute(upstream.target(), RouteLimits.DEFAULT), false),
                        hasty);
                RawClient idle = proxy.client();
                RawClient head = proxy.client();
                RawClient body = proxy.client()) {
            head.send("GET / HTTP/1.1\r\nHo");
            body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
            assertThat(idle.rest()).isEmpty();
            assertThat(head.rest()).startsWith("HTTP/1.1 408 ");
            assertThat(body.rest()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void drainFinishesWhatRunsAndEndsWhatWaits() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    go.await();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient idle = proxy.client();
                RawClient busy = proxy.client()) {
            busy.send(GET);
            await().until(() -> !upstream.heads.isEmpty() && proxy.server.connections() == 2);
            CompletableFuture<Void> drained = proxy.server.drain();
            assertThat(idle.rest()).isEmpty();
            assertThat(drained).isNotDone();
            go.countDown();
            assertThat(busy.rest()).contains("Connection: close\r\n").endsWith("ok");
            busy.close();
            idle.close();
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void routeMayTryAnotherInstanceWithTheWholeRequestOnceMore() throws Exception {
        try (RawUpstream bad = new RawUpstream(peer -> {
                    peer.head();
                    peer.read(3);
                    peer.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
                });
                RawUpstream good = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + peer.read(3));
                })) {
            List<Attempt> attempts = new ArrayList<>();
            Route route = new Route() {
                @Override
                public String name() {
                    return "two";
                }

                @Override
                public RouteLimits limits() {
                    return RouteLimits.DEFAULT;
                }

                @Override
                public Pick next(Exchange exchange) {
                    return new Pick.Instance(exchange.attempts() == 0 ? bad.target() : good.target());
                }

                @Override
                public Verdict judge(Exchange exchange, Attempt attempt) {
                    attempts.add(attempt);
                    boolean again =
                            attempt.response() == null || attempt.response().status() == 503;
                    return again ? Verdict.retryAfter(Duration.ofMillis(10)) : Verdict.DELIVER;
                }
            };
            try (ProxyFixture proxy = new ProxyFixture(
                            (request, origin) -> ProxyFixture.decision(route, false), ProxyOptions.DEFAULT);
                    RawClient client = proxy.client()) {
                client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(client.read(3)).isEqualTo("abc");
                assertThat(attempts).hasSize(2).allMatch(Attempt::replayable);
                assertThat(proxy.exchange().attempts()).isEqualTo(2);
            }
        }
    }

    @Test
    void headLimitsHoldForClients() throws Exception {
        try (RawUpstream upstream = RawUpstream.echoing();
                ProxyFixture proxy = new ProxyFixture(
                        (request, origin) -> ProxyFixture.decision(
                                new ProxyFixture.FixedRoute(upstream.target(), RouteLimits.DEFAULT), false),
                        ProxyOptions.DEFAULT.head(new HeadLimits(200, 5, 50)));
                RawClient client = proxy.client()) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(200) + "\r\n\r\n")
                            .head())
                    .startsWith("HTTP/1.1 431 ");
        }
    }
}
