package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application's answers, compressed on their way. It answers with the fields that the query names. */
class CompressedAnswersTest {

    private static final byte[] TEXT = "all work and no play ".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path home;

    private static final Exchanger<String> TURNS = new Exchanger<>();
    private static HttpServer app;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            int status = 200;
            int length = TEXT.length;
            for (String field : exchange.getRequestURI().getRawQuery().split("&")) {
                String[] parts =
                        URLDecoder.decode(field, StandardCharsets.UTF_8).split(":", 2);
                switch (parts[0]) {
                    case "status" -> status = Integer.parseInt(parts[1]);
                    case "length" -> length = Integer.parseInt(parts[1]);
                    default -> exchange.getResponseHeaders().add(parts[0], parts[1]);
                }
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().add("Content-Length", String.valueOf(length));
            }
            exchange.sendResponseHeaders(status, head ? -1 : length);
            exchange.getResponseBody().write(TEXT, 0, head ? 0 : length);
            exchange.close();
        });
        app.createContext("/slowly", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            try {
                for (String said = TURNS.exchange(""); !said.isEmpty(); said = TURNS.exchange("")) {
                    exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.close();
        });
        app.setExecutor(Executors.newCachedThreadPool());
        app.start();
        server = RunningServer.start(
                home,
                "sidecar.offload.port=0",
                "sidecar.offload.app=http://127.0.0.1:" + app.getAddress().getPort());
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
    }

    @AfterAll
    static void stop() {
        server.close();
        app.stop(0);
    }

    static byte[] unzipped(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI url() {
        return URI.create(server.bean(Offload.class).url());
    }

    private static RawAnswer get(String query, String... fields) throws IOException {
        return RawAnswer.to(url(), "GET", "/?" + query, fields);
    }

    @Test
    void textIsCompressedForThoseWhoTakeIt() throws IOException {
        RawAnswer zipped = get(
                "Content-Type:text/html;charset=utf-8&ETag:%22a%22&Accept-Ranges:bytes", "Accept-Encoding: br, gzip");

        assertThat(zipped.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(zipped.field("ETag")).isEqualTo("W/\"a\"");
        assertThat(zipped.field("Content-Length")).isEmpty();
        assertThat(zipped.field("Accept-Ranges")).isEmpty();
        assertThat(zipped.body()).hasSizeLessThan(TEXT.length / 10);
        assertThat(unzipped(zipped.body())).isEqualTo(TEXT);
    }

    @Test
    void whoDoesNotTakeItGetsThePlainTextAndIsToldThatItVaries() throws IOException {
        for (String taken : List.of("Accept: x", "Accept-Encoding: identity", "Accept-Encoding: gzip;q=0, *;q=0.1")) {
            RawAnswer plain = get("Content-Type:application/json&ETag:%22a%22", taken);
            assertThat(plain.body()).as(taken).isEqualTo(TEXT);
            assertThat(plain.field("Vary")).isEqualTo("Accept-Encoding");
            assertThat(plain.field("ETag")).isEqualTo("\"a\"");
            assertThat(plain.field("Content-Encoding")).isEmpty();
        }
    }

    @Test
    void whatIsNotWorthItOrMustNotChangeStaysAsItIs() throws IOException {
        for (String query : List.of(
                "Content-Type:image/png",
                "Content-Type:application/octet-stream",
                "Content-Type:text/event-stream",
                "X-No:type",
                "Content-Type:text/plain&length:1000",
                "Content-Type:text/plain&Content-Encoding:br",
                "Content-Type:text/plain&Cache-Control:no-transform",
                "Content-Type:text/plain&status:206&Content-Range:bytes+0-20999/30000")) {
            RawAnswer same = get(query, "Accept-Encoding: gzip");
            assertThat(same.field("Content-Encoding")).as(query).isNotEqualTo("gzip");
            assertThat(same.field("Vary")).as(query).isEmpty();
            assertThat(same.field("Content-Length")).as(query).isNotEmpty();
        }
    }

    @Test
    void anOldClientGetsItUpToTheEndOfTheConnectionAndHeadTheSameFields() throws IOException {
        try (Socket socket = new Socket(url().getHost(), url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /?Content-Type:text/plain HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] all = socket.getInputStream().readAllBytes();
            String text = new String(all, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n") + 4;
            assertThat(text.substring(0, end))
                    .contains("Content-Encoding: gzip\r\n")
                    .doesNotContain("Transfer-Encoding");
            assertThat(unzipped(java.util.Arrays.copyOfRange(all, end, all.length)))
                    .isEqualTo(TEXT);
        }
        RawAnswer head = RawAnswer.to(url(), "HEAD", "/?Content-Type:text/plain", "Accept-Encoding: gzip");
        assertThat(head.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(head.field("Content-Length")).isEmpty();
    }

    @Test
    void whatComesSlowlyIsPassedOnAsItComes() throws Exception {
        try (Socket socket = new Socket(url().getHost(), url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /slowly?a:b HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) socket.getInputStream().read());
            }
            assertThat(head).contains("Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n");
            GZIPInputStream in = new GZIPInputStream(new Chunks(socket.getInputStream()));
            for (String word : List.of("first ", "second ", "third ")) {
                TURNS.exchange(word);
                assertThat(new String(in.readNBytes(word.length()), StandardCharsets.UTF_8))
                        .isEqualTo(word);
            }
            TURNS.exchange("");
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    /** The content of chunks, no more of it than has come. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                String line = line();
                left = Integer.parseInt(line.isEmpty() ? line() : line, 16);
            }
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, Math.min(length, left));
            left -= read;
            return read;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                line.append((char) octet);
            }
            return line.toString().strip();
        }
    }
}
