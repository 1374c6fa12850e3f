package dev.sidecar.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no upstream's answer may look like: 502 with the reason, or cut off when its head was good. */
class RefusedResponsesTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3,3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "SSH-2.0-server\r\n\r\n"
            })
    void malformedResponseIsAnsweredWith502(String response) throws Exception {
        try (RawUpstream upstream = RawUpstream.answering(response);
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            String head = client.send(GET).head();
            assertThat(head).startsWith("HTTP/1.1 502 ").contains("Sidecar-Reason: upstream-protocol-error\r\n");
        }
    }

    @Test
    void headWithoutEndIsAnsweredWith502() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 200 OK\r\n");
                    while (true) {
                        peer.send("X-More: " + "x".repeat(1000) + "\r\n");
                    }
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            assertThat(client.send(GET).head())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("Sidecar-Reason: upstream-protocol-error\r\n");
        }
    }

    @Test
    void interimResponsesWithoutEndAreAnsweredWith502() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    while (true) {
                        peer.send("HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n");
                    }
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            String head = client.send(GET).head();
            while (head.startsWith("HTTP/1.1 103 ")) {
                head = client.head();
            }
            assertThat(head).startsWith("HTTP/1.1 502 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "1 \r\na\r\n", "1\r\nab\r\n", "1\na\r\n", "0\r\nContent-Length: 0\r\n\r\n"})
    void malformedChunkCutsTheResponseOff(String chunk) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
        try (RawUpstream upstream = RawUpstream.answering(head + chunk);
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            String answer = client.send(GET).rest();
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n0\r\n");
            assertThat(proxy.exchange().reason()).isEqualTo(Reasons.UPSTREAM_MALFORMED);
        }
    }

    @Test
    void bytesBehindAResponseAreNotTakenForTheNextOne() throws Exception {
        String evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
        try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood" + evil);
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(client.read(4)).isEqualTo("good");
            }
            assertThat(upstream.connections.get()).isEqualTo(3);
        }
    }

    @Test
    void shortResponseIsCutOff() throws Exception {
        try (RawUpstream upstream = new RawUpstream(peer -> {
                    peer.head();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
                });
                ProxyFixture proxy = ProxyFixture.to(upstream.target());
                RawClient client = proxy.client()) {
            assertThat(client.send(GET).rest()).endsWith("\r\n\r\nabc");
            assertThat(proxy.exchange().reason()).isEqualTo(Reasons.UPSTREAM_RESET);
        }
    }
}
