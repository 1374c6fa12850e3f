package dev.sidecar.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no request may look like: refused, the connection ended, and not a byte of it at the upstream. */
class RefusedRequestsTest {

    private static final String OK = "GET / HTTP/1.1\r\nHost: a\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";

    private static RawUpstream upstream;
    private static ProxyFixture proxy;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.echoing();
        proxy = ProxyFixture.to(upstream.target());
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    static Stream<Arguments> malformed() {
        Map<String, String> heads = new java.util.LinkedHashMap<>();
        heads.put("both framings", POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        heads.put(
                "both framings, other order",
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n");
        heads.put("two lengths", POST + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc");
        heads.put("two lengths that differ", POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc");
        heads.put("a list of lengths", POST + "Content-Length: 3, 3\r\n\r\nabc");
        heads.put("a signed length", POST + "Content-Length: +3\r\n\r\nabc");
        heads.put("a negative length", POST + "Content-Length: -3\r\n\r\nabc");
        heads.put("a hexadecimal length", POST + "Content-Length: 0x3\r\n\r\nabc");
        heads.put("a length with a blank inside", POST + "Content-Length: 3 3\r\n\r\nabc");
        heads.put("a length with an underscore", POST + "Content-Length: 1_0\r\n\r\nabc");
        heads.put("an empty length", POST + "Content-Length:\r\n\r\nabc");
        heads.put("a length beyond 64 bits", POST + "Content-Length: 18446744073709551619\r\n\r\nabc");
        heads.put("a disguised length", POST + "Content_Length: 3\r\n\r\nabc");
        heads.put("a disguised coding", POST + "Transfer_Encoding: chunked\r\n\r\n0\r\n\r\n");
        heads.put("coding xchunked", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
        heads.put("coding identity", POST + "Transfer-Encoding: identity\r\n\r\n");
        heads.put("coding gzip, chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        heads.put("coding chunked, chunked", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
        heads.put("coding twice", POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        heads.put(
                "coding twice, one unknown",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n");
        heads.put("coding quoted", POST + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n");
        heads.put("coding with vertical tab", POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n");
        heads.put("coding with a parameter", POST + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n");
        heads.put("empty coding", POST + "Transfer-Encoding:\r\n\r\n0\r\n\r\n");
        heads.put("coding in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        heads.put("bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n");
        heads.put("bare LF after a field", "GET / HTTP/1.1\r\nHost: a\n\r\n");
        heads.put("bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n");
        heads.put("only bare LF", "GET / HTTP/1.1\nHost: a\n\n");
        heads.put("bare CR in a value", OK + "X: a\rb\r\n\r\n");
        heads.put("CR CR LF", OK + "X: a\r\r\n\r\n");
        heads.put("bare CR in the request line", "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("NUL in a value", OK + "X: a\0b\r\n\r\n");
        heads.put("NUL in a name", OK + "X\0: a\r\n\r\n");
        heads.put("NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a control character in a value", OK + "X: a\u0001b\r\n\r\n");
        heads.put("DEL in a value", OK + "X: a\u007fb\r\n\r\n");
        heads.put("folding with a blank", OK + "X: a\r\n b\r\n\r\n");
        heads.put("folding with a tab", OK + "X: a\r\n\tb\r\n\r\n");
        heads.put("folding before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n");
        heads.put("a blank before the colon", OK + "X : a\r\n\r\n");
        heads.put("a tab before the colon", POST + "Content-Length\t: 3\r\n\r\nabc");
        heads.put("no colon", OK + "X\r\n\r\n");
        heads.put("no name", OK + ": a\r\n\r\n");
        heads.put("a name with a bracket", OK + "X[0]: a\r\n\r\n");
        heads.put("a name beyond ASCII", OK + "X\u00e4: a\r\n\r\n");
        heads.put("no Host", "GET / HTTP/1.1\r\n\r\n");
        heads.put("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n");
        heads.put("two Hosts", OK + "Host: a\r\n\r\n");
        heads.put("two Hosts that differ", OK + "Host: b\r\n\r\n");
        heads.put("a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
        heads.put("a Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n");
        heads.put("a list of Hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n");
        heads.put("a Host with a word for a port", "GET / HTTP/1.1\r\nHost: a:http\r\n\r\n");
        heads.put("a Host with a large port", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n");
        heads.put("a Host with two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n");
        heads.put("an unclosed address", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n");
        heads.put("another authority than Host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("another port than Host", "GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a user in the target", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a relative target", "GET a HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("asterisk with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("asterisk and more", "OPTIONS *x HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("CONNECT to a path", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("CONNECT without a port", "CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("CONNECT for another Host", "CONNECT a:1 HTTP/1.1\r\nHost: b:1\r\n\r\n");
        heads.put("a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a backslash", "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a target beyond ASCII", "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a target with a tab", "GET /\ta HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("two blanks before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a blank after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n");
        heads.put("a blank before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("an empty line before the method", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a method with a bracket", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("a very long method", "G".repeat(33) + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        heads.put("no version", "GET /\r\nHost: a\r\n\r\n");
        heads.put("a version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n");
        heads.put("a version with two digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n");
        heads.put("a version without a digit", "GET / HTTP/1.\r\nHost: a\r\n\r\n");
        heads.put("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n");
        heads.put(
                "Connection names Content-Length", POST + "Connection: content-length\r\nContent-Length: 3\r\n\r\nabc");
        heads.put("Connection names Host", OK + "Connection: close, host\r\n\r\n");
        heads.put("a Connection that is no list", OK + "Connection: a b\r\n\r\n");
        return heads.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedRequestIsRefusedAndTheConnectionEnded(String what, String request) throws Exception {
        int before = upstream.heads.size();
        try (RawClient client = proxy.client()) {
            client.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
            String answer = client.rest();
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Connection: close\r\n", "malformed-message");
            assertThat(answer.split("HTTP/1\\.1 ")).as("one answer").hasSize(2);
        }
        assertThat(upstream.heads).hasSize(before);
    }

    static Stream<Arguments> otherRefusals() {
        return Stream.of(
                Arguments.of(505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
                Arguments.of(505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
                Arguments.of(505, "PRI * HTTP/2.0\r\n\r\n".replace("PRI *", "GET /")),
                Arguments.of(417, POST + "Expect: something\r\nContent-Length: 3\r\n\r\nabc"),
                Arguments.of(414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(431, OK + "X: a\r\n".repeat(100) + "\r\n"),
                Arguments.of(431, OK + "X: " + "a".repeat(40_000) + "\r\n\r\n"),
                Arguments.of(431, OK + "X: " + "a".repeat(40_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherRefusals")
    void whatIsTooMuchOrNotSpokenHasAStatusOfItsOwn(int status, String request) throws Exception {
        int before = upstream.heads.size();
        try (RawClient client = proxy.client()) {
            client.send(request);
            assertThat(client.rest()).startsWith("HTTP/1.1 " + status + " ").contains("Connection: close\r\n");
        }
        assertThat(upstream.heads).hasSize(before);
    }

    static Stream<Arguments> malformedChunks() {
        return Stream.of(
                        "x\r\n",
                        "-1\r\na\r\n",
                        "+1\r\na\r\n",
                        "0x1\r\na\r\n",
                        " 1\r\na\r\n",
                        "1 \r\na\r\n",
                        "\r\n",
                        "1\na\r\n",
                        "1\r\na\n",
                        "1\r\nab\r\n",
                        "1\r\na\rx",
                        "1\r\r\na\r\n",
                        "1;\r\na\r\n",
                        "1;a b\r\na\r\n",
                        "1;a=\u0001\r\na\r\n",
                        "1;a\n\r\na\r\n",
                        "1;a=\"x\r\ny\"\r\na\r\n",
                        "1 ;a=b\r\na\r\n",
                        "1;" + "a".repeat(300) + "\r\na\r\n",
                        "ffffffffffffffff\r\na\r\n",
                        "0000000000000001\r\na\r\n",
                        "1_0\r\na\r\n",
                        "0\r\nContent-Length: 1\r\n\r\n",
                        "0\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "0\r\nHost: b\r\n\r\n",
                        "0\r\n X: b\r\n\r\n",
                        "0\r\nX : b\r\n\r\n",
                        "0\r\nX: b\n\r\n",
                        "0\r\nX: \0\r\n\r\n",
                        "0\r\nno colon\r\n\r\n")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("malformedChunks")
    void malformedChunkIsRefusedAndTheUpstreamNeverSeesACompleteRequest(String chunk) throws Exception {
        java.util.concurrent.CompletableFuture<String> seen = new java.util.concurrent.CompletableFuture<>();
        try (RawUpstream reading = new RawUpstream(peer -> seen.complete(new String(
                        peer.socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1)));
                ProxyFixture through = ProxyFixture.to(reading.target());
                RawClient client = through.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n" + chunk);
            assertThat(client.rest()).startsWith("HTTP/1.1 400 ").contains("Connection: close\r\n");
            if (reading.connections.get() > 0) {
                assertThat(seen.get(5, java.util.concurrent.TimeUnit.SECONDS)).doesNotContain("\r\n0\r\n");
            }
        }
    }
}
