package dev.sidecar.server.proxy;

import static dev.sidecar.server.proxy.RawHttp2.ACK;
import static dev.sidecar.server.proxy.RawHttp2.CLOSED;
import static dev.sidecar.server.proxy.RawHttp2.COMPRESSION_ERROR;
import static dev.sidecar.server.proxy.RawHttp2.CONTINUATION;
import static dev.sidecar.server.proxy.RawHttp2.DATA;
import static dev.sidecar.server.proxy.RawHttp2.END_HEADERS;
import static dev.sidecar.server.proxy.RawHttp2.END_STREAM;
import static dev.sidecar.server.proxy.RawHttp2.FLOW_CONTROL_ERROR;
import static dev.sidecar.server.proxy.RawHttp2.FRAME_SIZE_ERROR;
import static dev.sidecar.server.proxy.RawHttp2.GOAWAY;
import static dev.sidecar.server.proxy.RawHttp2.HEADERS;
import static dev.sidecar.server.proxy.RawHttp2.PING;
import static dev.sidecar.server.proxy.RawHttp2.PRIORITY;
import static dev.sidecar.server.proxy.RawHttp2.PROTOCOL_ERROR;
import static dev.sidecar.server.proxy.RawHttp2.PUSH_PROMISE;
import static dev.sidecar.server.proxy.RawHttp2.RST_STREAM;
import static dev.sidecar.server.proxy.RawHttp2.SETTINGS;
import static dev.sidecar.server.proxy.RawHttp2.STREAM_CLOSED;
import static dev.sidecar.server.proxy.RawHttp2.WINDOW_UPDATE;
import static dev.sidecar.server.proxy.RawHttp2.four;
import static dev.sidecar.server.proxy.RawHttp2.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.proxy.RawHttp2.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 9113 wants of a server, frame by frame. Nothing of a request that is refused reaches the upstream. */
class Http2ConformanceTest {

    private static final String[] GET = {":method=GET", ":scheme=http", ":authority=a", ":path=/"};

    private static RawUpstream upstream;
    private static ProxyFixture proxy;
    private static RawUpstream silent;
    private static ProxyFixture proxyOfSilent;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.echoing();
        proxy = ProxyFixture.to(upstream.target());
        silent = new RawUpstream(peer -> peer.socket.getInputStream().readAllBytes());
        proxyOfSilent = ProxyFixture.to(silent.target());
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
        proxyOfSilent.close();
        silent.close();
    }

    private static RawHttp2 client() throws IOException {
        return RawHttp2.to(proxy.server.address().getPort());
    }

    private static String[] get(String... more) {
        return Stream.concat(Arrays.stream(GET), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void answers(RawHttp2 client, int stream) throws Exception {
        client.get(stream, GET);
        assertThat(client.status(client.await(HEADERS))).isEqualTo("200");
    }

    @Test
    void requestIsAnsweredAndSettingsAndPingsAreAcknowledged() throws Exception {
        try (RawHttp2 client = client()) {
            client.get(1, GET);
            Frame settings = client.await(SETTINGS);
            assertThat(settings.stream()).isZero();
            assertThat(client.await(SETTINGS).flags()).isEqualTo(ACK);
            assertThat(client.status(client.await(HEADERS))).isEqualTo("200");
            client.send(PING, 0, 0, "12345678".getBytes(StandardCharsets.US_ASCII));
            Frame pong = client.await(PING);
            assertThat(pong.flags()).isEqualTo(ACK);
            assertThat(pong.payload()).asString().isEqualTo("12345678");
        }
    }

    @Test
    void whatIsUnknownIsIgnored() throws Exception {
        try (RawHttp2 client = client()) {
            client.send(0x42, 0xff, 0, new byte[10]);
            client.send(0x42, 0, 77, new byte[0]);
            client.send(SETTINGS, 0, 0, new byte[] {0x7f, 0x7f, 0, 0, 0, 1});
            client.send(PRIORITY, 0, 9, new byte[] {0, 0, 0, 0, 15});
            answers(client, 1);
            answers(client, 11);
        }
    }

    @Test
    void headMayComeInPiecesAndItsContentWithPadding() throws Exception {
        try (RawHttp2 client = client()) {
            byte[] head = head(":method=POST", ":scheme=http", ":authority=a", ":path=/pieces");
            client.send(HEADERS, 0, 1, Arrays.copyOfRange(head, 0, 9));
            client.send(CONTINUATION, 0, 1, Arrays.copyOfRange(head, 9, 20));
            client.send(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(head, 20, head.length));
            client.send(DATA, 8, 1, new byte[] {2, 'a', 'b', 0, 0});
            client.send(DATA, END_STREAM, 1, new byte[0]);
            assertThat(client.status(client.await(HEADERS))).isEqualTo("200");
        }
    }

    static Stream<Arguments> connectionErrors() {
        byte[] head = head(GET);
        byte[] large = new byte[16385];
        return Stream.of(
                wrong("DATA on no stream", PROTOCOL_ERROR, client -> client.send(DATA, END_STREAM, 0, new byte[1])),
                wrong("DATA on an idle stream", PROTOCOL_ERROR, client -> client.send(DATA, 1, 1, new byte[1])),
                wrong("HEADERS on no stream", PROTOCOL_ERROR, client -> client.send(HEADERS, 5, 0, head)),
                wrong("HEADERS on a server's stream", PROTOCOL_ERROR, client -> client.send(HEADERS, 5, 2, head)),
                wrong("RST_STREAM on an idle one", PROTOCOL_ERROR, client -> client.send(RST_STREAM, 0, 1, four(8))),
                wrong(
                        "WINDOW_UPDATE on an idle one",
                        PROTOCOL_ERROR,
                        client -> client.send(WINDOW_UPDATE, 0, 1, four(1))),
                wrong("CONTINUATION on an idle one", PROTOCOL_ERROR, client -> client.send(CONTINUATION, 4, 1, head)),
                wrong("CONTINUATION without a beginning", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, head);
                    client.send(CONTINUATION, 4, 1, head);
                }),
                wrong("another frame within a head", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 1, 1, head);
                    client.send(PING, 0, 0, new byte[8]);
                }),
                wrong("another stream within a head", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 1, 1, head);
                    client.send(CONTINUATION, 4, 3, new byte[0]);
                }),
                wrong("a push", PROTOCOL_ERROR, client -> client.send(PUSH_PROMISE, 4, 1, four(2))),
                wrong(
                        "padding longer than the frame",
                        PROTOCOL_ERROR,
                        client -> client.send(HEADERS, 4 | 8, 1, new byte[] {100, 0})),
                wrong("SETTINGS on a stream", PROTOCOL_ERROR, client -> client.send(SETTINGS, 0, 1, new byte[0])),
                wrong(
                        "SETTINGS that acknowledge and say",
                        FRAME_SIZE_ERROR,
                        client -> client.send(SETTINGS, ACK, 0, new byte[6])),
                wrong("SETTINGS of five bytes", FRAME_SIZE_ERROR, client -> client.send(SETTINGS, 0, 0, new byte[5])),
                wrong(
                        "a window beyond 31 bits",
                        FLOW_CONTROL_ERROR,
                        client -> client.send(SETTINGS, 0, 0, new byte[] {0, 4, (byte) 0x80, 0, 0, 0})),
                wrong(
                        "a frame size below the least",
                        PROTOCOL_ERROR,
                        client -> client.send(SETTINGS, 0, 0, new byte[] {0, 5, 0, 0, 0x3f, (byte) 0xff})),
                wrong(
                        "push neither on nor off",
                        PROTOCOL_ERROR,
                        client -> client.send(SETTINGS, 0, 0, new byte[] {0, 2, 0, 0, 0, 2})),
                wrong("PING on a stream", PROTOCOL_ERROR, client -> client.send(PING, 0, 1, new byte[8])),
                wrong("PING of seven bytes", FRAME_SIZE_ERROR, client -> client.send(PING, 0, 0, new byte[7])),
                wrong("GOAWAY on a stream", PROTOCOL_ERROR, client -> client.send(GOAWAY, 0, 1, new byte[8])),
                wrong("WINDOW_UPDATE by nothing", PROTOCOL_ERROR, client -> client.send(WINDOW_UPDATE, 0, 0, four(0))),
                wrong(
                        "WINDOW_UPDATE of three bytes",
                        FRAME_SIZE_ERROR,
                        client -> client.send(WINDOW_UPDATE, 0, 0, new byte[3])),
                wrong("more window than there can be", FLOW_CONTROL_ERROR, client -> {
                    client.send(WINDOW_UPDATE, 0, 0, four(Integer.MAX_VALUE));
                    client.send(WINDOW_UPDATE, 0, 0, four(Integer.MAX_VALUE));
                }),
                wrong(
                        "a head that is no HPACK",
                        COMPRESSION_ERROR,
                        client -> client.send(HEADERS, 5, 1, new byte[] {(byte) 0xff, (byte) 0xff, 3})),
                wrong("a frame larger than agreed", FRAME_SIZE_ERROR, client -> client.send(HEADERS, 5, 1, large)));
    }

    private interface Wrong {
        void say(RawHttp2 client) throws IOException;
    }

    private static Arguments wrong(String what, int error, Wrong wrong) {
        return Arguments.of(what, error, wrong);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("connectionErrors")
    void whatBreaksTheConnectionIsSaidAndEndsIt(String what, int error, Wrong wrong) throws Exception {
        int before = upstream.heads.size();
        try (RawHttp2 client = client()) {
            wrong.say(client);

            Frame goaway = client.await(GOAWAY);
            assertThat(goaway.type()).isEqualTo(GOAWAY);
            assertThat(goaway.error()).isEqualTo(error);
            assertThat(client.await(CLOSED).type()).isEqualTo(CLOSED);
        }
        assertThat(upstream.heads.size()).as("requests that got through").isBetween(before, before + 1);
    }

    static Stream<Arguments> malformedHeads() {
        Map<String, String[]> heads = new java.util.LinkedHashMap<>();
        heads.put("an upper-case name", get("X-Upper=1"));
        heads.put("no method", new String[] {":scheme=http", ":authority=a", ":path=/"});
        heads.put("no scheme", new String[] {":method=GET", ":authority=a", ":path=/"});
        heads.put("no path", new String[] {":method=GET", ":scheme=http", ":authority=a"});
        heads.put("an empty path", new String[] {":method=GET", ":scheme=http", ":authority=a", ":path="});
        heads.put("a path that is a URL", new String[] {":method=GET", ":scheme=http", ":authority=a", ":path=http://b/"
        });
        heads.put("no authority", new String[] {":method=GET", ":scheme=http", ":path=/"});
        heads.put("two paths", get(":path=/other"));
        heads.put(
                "two methods", new String[] {":method=GET", ":method=GET", ":scheme=http", ":authority=a", ":path=/"});
        heads.put("two authorities", get(":authority=b"));
        heads.put("a pseudo field that is none", get(":other=1"));
        heads.put("a status", get(":status=200"));
        heads.put(
                "a pseudo field behind others",
                new String[] {":method=GET", ":scheme=http", "x=1", ":authority=a", ":path=/"});
        heads.put("CONNECT", new String[] {":method=CONNECT", ":authority=a:1"});
        heads.put("extended CONNECT", get(":protocol=websocket"));
        heads.put("connection", get("connection=x"));
        heads.put("transfer-encoding", get("transfer-encoding=chunked"));
        heads.put("upgrade", get("upgrade=websocket"));
        heads.put("keep-alive", get("keep-alive=1"));
        heads.put("proxy-connection", get("proxy-connection=close"));
        heads.put("te other than trailers", get("te=gzip"));
        heads.put("another host", get("host=b"));
        heads.put("content-length of no content", get("content-length=5"));
        heads.put("two lengths that differ", get("content-length=0", "content-length=1"));
        heads.put("a list of lengths that differ", get("content-length=0, 1"));
        heads.put("a signed length", get("content-length=+0"));
        heads.put("a line break in a value", get("x=a\r\nTransfer-Encoding: chunked"));
        heads.put("a line feed in a value", get("x=a\nb"));
        heads.put("NUL in a value", get("x=a\0b"));
        heads.put("a blank in a name", get("x y=1"));
        heads.put("a colon in a name", get("x:y=1"));
        heads.put("a line break in a name", get("x\r\ny=1"));
        heads.put("a blank in the path", new String[] {":method=GET", ":scheme=http", ":authority=a", ":path=/ HTTP/1.1"
        });
        heads.put(
                "a line break in the path",
                new String[] {":method=GET", ":scheme=http", ":authority=a", ":path=/\r\nX: y"});
        heads.put("a blank in the method", new String[] {":method=GET /x", ":scheme=http", ":authority=a", ":path=/"});
        heads.put(
                "a line break in the authority",
                new String[] {":method=GET", ":scheme=http", ":authority=a\r\nX: y", ":path=/"});
        heads.put("a path in the authority", new String[] {":method=GET", ":scheme=http", ":authority=a/b", ":path=/"});
        heads.put("a disguised length", get("content_length=5"));
        return heads.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedHeads")
    void malformedRequestIsRefusedAndTheOthersGoOn(String what, String[] fields) throws Exception {
        int before = upstream.heads.size();
        try (RawHttp2 client = client()) {
            client.get(1, fields);

            Frame answer = client.next();
            while (!answer.is(RST_STREAM) && !answer.is(HEADERS) && !answer.is(GOAWAY)) {
                answer = client.next();
            }
            if (answer.is(HEADERS)) {
                assertThat(client.status(answer)).isEqualTo("400");
            } else {
                assertThat(answer.error()).isEqualTo(PROTOCOL_ERROR);
            }
            assertThat(upstream.heads).hasSize(before);
            if (!answer.is(GOAWAY)) {
                answers(client, 3);
            }
        }
    }

    static Stream<Arguments> malformedContent() {
        byte[] five = head(":method=POST", ":scheme=http", ":authority=a", ":path=/", "content-length=5");
        byte[] open = head(":method=POST", ":scheme=http", ":authority=a", ":path=/");
        return Stream.of(
                wrong("more than announced", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, five);
                    client.send(DATA, 1, 1, new byte[6]);
                }),
                wrong("less than announced", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, five);
                    client.send(DATA, 1, 1, new byte[4]);
                }),
                wrong("a second head", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, open);
                    client.send(HEADERS, 4, 1, open);
                }),
                wrong("pseudo fields as trailers", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, open);
                    client.send(HEADERS, 5, 1, head(":method=GET"));
                }),
                wrong("a length as trailer", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, open);
                    client.send(HEADERS, 5, 1, head("content-length=0"));
                }),
                wrong("content after the end", STREAM_CLOSED, client -> {
                    client.send(HEADERS, 5, 1, open);
                    client.send(DATA, 1, 1, new byte[1]);
                }),
                wrong("a window that grows by nothing", PROTOCOL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, open);
                    client.send(WINDOW_UPDATE, 0, 1, four(0));
                }),
                wrong("a window beyond 31 bits", FLOW_CONTROL_ERROR, client -> {
                    client.send(HEADERS, 4, 1, open);
                    client.send(WINDOW_UPDATE, 0, 1, four(Integer.MAX_VALUE));
                }),
                wrong("a priority of four bytes", FRAME_SIZE_ERROR, client -> {
                    client.send(HEADERS, 4, 1, open);
                    client.send(PRIORITY, 0, 1, new byte[4]);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedContent")
    void whatBreaksAStreamIsSaidThere(String what, int error, Wrong wrong) throws Exception {
        // An answer before the request's end would end the stream first.
        try (RawHttp2 client = RawHttp2.to(proxyOfSilent.server.address().getPort())) {
            wrong.say(client);

            Frame refusal = client.refusal();
            assertThat(refusal.type()).isIn(RST_STREAM, GOAWAY);
            assertThat(refusal.error()).isEqualTo(error);
        }
    }

    @Test
    void headWithoutEndIsRefusedBeforeItFillsMemory() throws Exception {
        try (RawHttp2 client = client()) {
            client.send(HEADERS, 1, 1, head(GET));
            byte[] more = head("x=" + "a".repeat(16_000));
            for (int i = 0; i < 20; i++) {
                client.send(CONTINUATION, 0, 1, more);
            }
            assertThat(client.refusal().type()).isIn(GOAWAY, CLOSED);
        }
    }

    @Test
    void clientThatBeginsAndResetsWithoutEndIsSentAway() throws Exception {
        try (RawHttp2 client = client()) {
            for (int i = 0; i < 2000; i++) {
                client.get(2 * i + 1, GET);
                client.send(RST_STREAM, 0, 2 * i + 1, four(8));
            }
            Frame goaway = client.await(GOAWAY);
            assertThat(goaway.is(CLOSED) || goaway.error() == RawHttp2.ENHANCE_YOUR_CALM)
                    .isTrue();
        }
        try (RawHttp2 other = client()) {
            answers(other, 1);
        }
    }

    @Test
    void whoTakesNothingGetsNoMoreThanTheWindow() throws Exception {
        try (RawHttp2 client = client()) {
            client.send(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 3});
            client.get(1, GET);
            Frame data = client.await(DATA);
            assertThat(data.payload()).hasSizeLessThanOrEqualTo(3);
            client.send(WINDOW_UPDATE, 0, 1, four(100_000));
            assertThat(client.await(DATA).payload()).isNotEmpty();
        }
    }

    @Test
    void aPrefaceThatIsNoneIsRefused() throws Exception {
        try (RawHttp2 client = RawHttp2.silent(proxy.server.address().getPort())) {
            client.bytes("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // Whatever it says, it ends the connection.
            while (client.socketRead() >= 0) {
                // the answer, as HTTP/1.1 has it
            }
        }
    }
}
