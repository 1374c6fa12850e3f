package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by the rules of RFC 9110, over raw sockets to the real server. */
class StaticFilesTest {

    private static final String TEXT = "body { color: teal; }\n".repeat(200);
    private static final String SECRET = "the secret outside";
    private static final String MODIFIED = "Mon, 02 Feb 2026 03:04:05 GMT";
    private static final Instant MODIFIED_AT = Instant.parse("2026-02-02T03:04:05Z");

    @TempDir
    static Path directory;

    private static Path root;
    private static byte[] large;
    private static HttpServer app;
    private static RunningServer server;
    private static URI url;

    @BeforeAll
    static void start() throws IOException {
        root = Files.createDirectories(directory.resolve("public"));
        write("app.css", TEXT);
        write("index.html", "<h1>home</h1>");
        write("shell.html", "<h1>shell</h1>");
        write("digits.txt", "0123456789");
        write("empty.txt", "");
        write("sub/index.html", "<h1>sub</h1>");
        write("a file & ü.txt", "odd name");
        write("%2e%2e.txt", "percent in the name");
        write(".env", SECRET);
        write(".well-known/security.txt", "contact");
        write("packed.js", "plain ".repeat(500));
        write("packed.js.br", "as brotli");
        write("packed.js.gz", "as gzip");
        write("packed.js.zst", "as zstd");
        large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        Files.write(root.resolve("large.bin"), large);
        Files.writeString(directory.resolve("secret.txt"), SECRET);
        Files.createDirectories(directory.resolve("public-secrets"));
        Files.writeString(directory.resolve("public-secrets/secret.txt"), SECRET);
        Files.createSymbolicLink(root.resolve("out.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("out"), directory.resolve("public-secrets"));
        Files.createSymbolicLink(root.resolve("out.js"), root.resolve("digits.txt"));
        Files.createSymbolicLink(root.resolve("digits.txt.gz"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("in.txt"), Path.of("digits.txt"));

        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/", exchange -> {
            byte[] bytes = ("app " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("X-App", "yes");
            exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        app.start();
        server = RunningServer.start(
                directory.resolve("home"),
                "sidecar.offload.port=0",
                "sidecar.offload.app=http://127.0.0.1:" + app.getAddress().getPort(),
                "sidecar.offload.static[0].path=/assets",
                "sidecar.offload.static[0].root=" + root,
                "sidecar.offload.static[0].cache[0].match=*.css",
                "sidecar.offload.static[0].cache[0].value=public, max-age=31536000, immutable",
                "sidecar.offload.static[1].path=/",
                "sidecar.offload.static[1].root=" + root.resolve("sub"),
                "sidecar.offload.static[1].fallback=index.html",
                "sidecar.offload.static[2].path=/spa",
                "sidecar.offload.static[2].root=" + root,
                "sidecar.offload.static[2].fallback=shell.html");
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
        url = URI.create(server.bean(Offload.class).url());
    }

    private static void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED_AT));
    }

    @AfterAll
    static void stop() {
        server.close();
        app.stop(0);
    }

    private static RawAnswer get(String target, String... fields) {
        return RawAnswer.to(url, "GET", target, fields);
    }

    @Test
    void servesAFileWithEverythingACacheWants() {
        RawAnswer answer = get("/assets/app.css");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(TEXT);
        assertThat(answer.field("Content-Type")).isEqualTo("text/css; charset=utf-8");
        assertThat(answer.field("Content-Length")).isEqualTo(String.valueOf(TEXT.length()));
        assertThat(answer.field("Last-Modified")).isEqualTo(MODIFIED);
        assertThat(answer.field("ETag")).matches("\"[0-9a-f-]+\"");
        assertThat(answer.field("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(answer.field("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.field("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.field("Date")).endsWith(" GMT");
        assertThat(get("/assets/digits.txt").field("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void headIsGetWithoutContent() {
        RawAnswer head = RawAnswer.to(url, "HEAD", "/assets/app.css");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.field("Content-Length")).isEqualTo(String.valueOf(TEXT.length()));
        assertThat(head.field("ETag")).isEqualTo(get("/assets/app.css").field("ETag"));
    }

    @Test
    void aFileIsOnlyRead() {
        RawAnswer answer = RawAnswer.to(url, "DELETE", "/assets/app.css");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.field("Allow")).contains("GET", "HEAD");
    }

    @Test
    void servesLargeAndEmptyFilesAndOddNames() {
        assertThat(get("/assets/large.bin").body()).isEqualTo(large);
        assertThat(get("/assets/empty.txt").status()).isEqualTo(200);
        assertThat(get("/assets/empty.txt").field("Content-Length")).isEqualTo("0");
        assertThat(get("/assets/a%20file%20%26%20%C3%BC.txt").text()).isEqualTo("odd name");
        assertThat(get("/assets/%252e%252e.txt").text())
                .as("decoded once, not twice")
                .isEqualTo("percent in the name");
        assertThat(get("/%61ssets/digits.txt").text()).isEqualTo("0123456789");
        assertThat(get("/assets/in.txt").text()).as("a link inside the root").isEqualTo("0123456789");
        assertThat(get("/assets/.well-known/security.txt").text()).isEqualTo("contact");
    }

    @Test
    void aDirectoryIsItsIndexBehindASlash() {
        RawAnswer moved = get("/assets/sub?x=1");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.field("Location")).isEqualTo("/assets/sub/?x=1");
        assertThat(get("/assets").field("Location")).isEqualTo("/assets/");
        assertThat(get("/assets/sub/").text()).isEqualTo("<h1>sub</h1>");
        assertThat(get("/assets/").text()).isEqualTo("<h1>home</h1>");
        assertThat(get("/assets/digits.txt/").status()).isEqualTo(404);
    }

    @Test
    void whatIsNoFileIsTheApplicationsOnlyWhereBothShareTheSpace() {
        assertThat(get("/assets/nothing").status()).isEqualTo(404);
        assertThat(get("/").text()).isEqualTo("<h1>sub</h1>");
        assertThat(get("/orders?a=b").text()).isEqualTo("app /orders?a=b");
        assertThat(get("/orders?a=b").text()).as("and from the cache").isEqualTo("app /orders?a=b");
        assertThat(get("/assetsx").text()).isEqualTo("app /assetsx");
        assertThat(get("/page", "Accept: text/html,*/*").text()).isEqualTo("<h1>sub</h1>");
        assertThat(RawAnswer.to(url, "POST", "/", "Content-Length: 0").text()).isEqualTo("app /");
    }

    @Test
    void aSinglePageApplicationGetsItsShellForPagesButNotForFiles() {
        assertThat(get("/spa/orders/17").text()).isEqualTo("<h1>shell</h1>");
        assertThat(get("/spa/orders/17").field("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(get("/spa/missing.js").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../secret.txt",
                "/assets/%2e%2e/secret.txt",
                "/assets/%2E%2E%2Fsecret.txt",
                "/assets/..%2fsecret.txt",
                "/assets/..%5csecret.txt",
                "/assets/..\\secret.txt",
                "/assets/%5c..%5c..%5csecret.txt",
                "/assets/%252e%252e/secret.txt",
                "/assets/%252e%252e%252fsecret.txt",
                "/assets/%c0%ae%c0%ae/secret.txt",
                "/assets/%u002e%u002e/secret.txt",
                "/assets/..;/secret.txt",
                "/assets/sub/../../secret.txt",
                "/assets/.%2e/secret.txt",
                "/assets/./../secret.txt",
                "/assets//../secret.txt",
                "/assets/....//secret.txt",
                "/assets//etc/passwd",
                "/assets/%2fetc%2fpasswd",
                "/assets///etc/passwd",
                "//etc/passwd",
                "/assets/app.css%00.txt",
                "/assets/secret.txt%00",
                "/assets/out.txt",
                "/assets/out/secret.txt",
                "/assets/out/",
                "/assets/out",
                "/assets/.env",
                "/assets/%2eenv",
                "/assets/sub/../.env",
                "/assets/app.css/",
                "/assets/app.css/../.env",
                "/assets/%",
                "/assets/%zz",
                "/assets/%2",
                "/assets/%0a",
                "/assets/%ff",
                "/assets/../public-secrets/secret.txt",
                "/assets-secrets/secret.txt",
                "/../../../../../../etc/passwd",
                "/assets/\u00e4",
                "/assets/C:/secret.txt",
                "/assets/app.css::$DATA"
            })
    void noPathLeadsOutOfTheRoot(String path) {
        for (String method : new String[] {"GET", "HEAD"}) {
            RawAnswer answer = RawAnswer.to(url, method, path);
            assertThat(answer.text()).doesNotContain(SECRET, "root:");
            assertThat(answer.field("Content-Type")).doesNotContain("text/plain");
            if (!answer.field("X-App").equals("yes")) {
                assertThat(answer.status()).as(path).isIn(400, 404);
            }
        }
    }

    @Test
    void aCompressedSiblingOutsideIsNotServed() {
        RawAnswer answer = get("/assets/digits.txt", "Accept-Encoding: gzip");

        assertThat(answer.text()).doesNotContain(SECRET);
    }

    @Test
    void picksTheCodingTheClientLikesBest() {
        assertThat(encoding("gzip, deflate, br, zstd")).isEqualTo("br");
        assertThat(encoding("gzip, zstd")).isEqualTo("zstd");
        assertThat(encoding("gzip")).isEqualTo("gzip");
        assertThat(encoding("br;q=0.1, gzip;q=0.9")).isEqualTo("gzip");
        assertThat(encoding("br;q=0, *")).isEqualTo("zstd");
        assertThat(encoding("identity, gzip;q=0.5")).isEmpty();
        assertThat(encoding("deflate")).isEmpty();
        assertThat(encoding("")).isEmpty();
        assertThat(get("/assets/packed.js", "Accept-Encoding: br").text()).isEqualTo("as brotli");
        assertThat(get("/assets/packed.js", "Accept-Encoding: br").field("Content-Type"))
                .startsWith("text/javascript");
        assertThat(get("/assets/digits.txt", "Accept-Encoding: identity;q=0").status())
                .isEqualTo(406);
        assertThat(get("/assets/packed.js", "Accept-Encoding: br").field("ETag"))
                .isNotEqualTo(get("/assets/packed.js").field("ETag"));
    }

    private static String encoding(String accepted) {
        return get("/assets/packed.js", "Accept-Encoding: " + accepted).field("Content-Encoding");
    }

    @Test
    void compressesWhatHasNoCompressedSibling() throws IOException {
        RawAnswer answer = get("/assets/app.css", "Accept-Encoding: gzip, br");

        assertThat(answer.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.field("ETag")).startsWith("W/");
        assertThat(answer.body().length).isLessThan(TEXT.length() / 4);
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        }
        assertThat(get("/assets/large.bin", "Accept-Encoding: gzip").field("Content-Encoding"))
                .isEmpty();
        assertThat(get("/assets/digits.txt", "Accept-Encoding: gzip").field("Content-Encoding"))
                .as("too small")
                .isEmpty();
    }

    @Test
    void aCopyThatIsStillGoodIsNotSentAgain() {
        String etag = get("/assets/app.css").field("ETag");

        RawAnswer same = get("/assets/app.css", "If-None-Match: " + etag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.field("ETag")).isEqualTo(etag);
        assertThat(same.field("Cache-Control")).contains("immutable");
        assertThat(same.field("Vary")).isEqualTo("Accept-Encoding");
        assertThat(same.fields()).doesNotContainKeys("content-type", "content-length");
        assertThat(status("If-None-Match: \"x\", W/" + etag)).isEqualTo(304);
        assertThat(status("If-None-Match: *")).isEqualTo(304);
        assertThat(status("If-None-Match: \"x\"")).isEqualTo(200);
        assertThat(status("If-None-Match: \"x\"", "If-Modified-Since: " + MODIFIED))
                .as("the tag counts more than the date")
                .isEqualTo(200);
        assertThat(status("If-Modified-Since: " + MODIFIED)).isEqualTo(304);
        assertThat(status("If-Modified-Since: Monday, 02-Feb-26 03:04:05 GMT")).isEqualTo(304);
        assertThat(status("If-Modified-Since: Mon, 02 Feb 2026 03:04:04 GMT")).isEqualTo(200);
        assertThat(status("If-Modified-Since: yesterday")).isEqualTo(200);
        assertThat(RawAnswer.to(url, "HEAD", "/assets/app.css", "If-None-Match: *")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void aConditionThatFailsIsSaid() {
        String etag = get("/assets/app.css").field("ETag");

        assertThat(status("If-Match: " + etag)).isEqualTo(200);
        assertThat(status("If-Match: *")).isEqualTo(200);
        assertThat(status("If-Match: \"other\"")).isEqualTo(412);
        assertThat(status("If-Match: W/" + etag)).as("weak").isEqualTo(412);
        assertThat(status("If-Unmodified-Since: " + MODIFIED)).isEqualTo(200);
        assertThat(status("If-Unmodified-Since: Mon, 02 Feb 2026 03:04:04 GMT")).isEqualTo(412);
    }

    private static int status(String... fields) {
        return get("/assets/app.css", fields).status();
    }

    @Test
    void servesRanges() {
        RawAnswer part = get("/assets/digits.txt", "Range: bytes=2-5");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("2345");
        assertThat(part.field("Content-Range")).isEqualTo("bytes 2-5/10");
        assertThat(part.field("Content-Length")).isEqualTo("4");
        assertThat(range("bytes=7-")).isEqualTo("206 789");
        assertThat(range("bytes=-3")).isEqualTo("206 789");
        assertThat(range("bytes=-30")).isEqualTo("206 0123456789");
        assertThat(range("bytes=0-99")).isEqualTo("206 0123456789");
        assertThat(range("BYTES=0-0")).isEqualTo("206 0");
        assertThat(range("bytes=20-,2-3")).isEqualTo("206 23");
        for (String ignored : new String[] {
            "bytes=5-2",
            "bytes=",
            "bytes=a-b",
            "bytes=--1",
            "bytes",
            "lines=1-2",
            "bytes=1",
            "bytes=0-,0-",
            "bytes=1-2-3"
        }) {
            assertThat(range(ignored)).as(ignored).isEqualTo("200 0123456789");
        }
        assertThat(get("/assets/digits.txt", "Range: bytes=0-1", "Accept-Encoding: gzip, br")
                        .text())
                .isEqualTo("01");
        assertThat(get("/assets/large.bin", "Range: bytes=1000000-2999998").body())
                .isEqualTo(Arrays.copyOfRange(large, 1_000_000, 2_999_999));
        assertThat(RawAnswer.to(url, "HEAD", "/assets/digits.txt", "Range: bytes=0-1")
                        .status())
                .isEqualTo(200);
    }

    private static String range(String value) {
        RawAnswer answer = get("/assets/digits.txt", "Range: " + value);
        return answer.status() + " " + answer.text();
    }

    @Test
    void aRangeOutsideIsSaidWithTheSize() {
        for (String outside : new String[] {"bytes=10-", "bytes=99-100", "bytes=-0", "bytes=99999999999999999999-"}) {
            RawAnswer answer = get("/assets/digits.txt", "Range: " + outside);
            assertThat(answer.status()).as(outside).isEqualTo(416);
            assertThat(answer.field("Content-Range")).isEqualTo("bytes */10");
        }
        assertThat(get("/assets/empty.txt", "Range: bytes=0-").status()).isEqualTo(416);
    }

    @Test
    void severalRangesAreParts() {
        RawAnswer answer = get("/assets/digits.txt", "Range: bytes=0-1, 8-");

        assertThat(answer.status()).isEqualTo(206);
        String type = answer.field("Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(answer.text())
                .isEqualTo("--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Range: bytes 0-1/10\r\n\r\n01\r\n--" + boundary
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 8-9/10\r\n\r\n89\r\n--"
                        + boundary + "--\r\n");
        assertThat(answer.field("Content-Length")).isEqualTo(String.valueOf(answer.body().length));
        RawAnswer ofLarge = get("/assets/large.bin", "Range: bytes=0-9, 2999990-");
        assertThat(ofLarge.field("Content-Length")).isEqualTo(String.valueOf(ofLarge.body().length));
        assertThat(range("bytes=" + "0-0,".repeat(17))).isEqualTo("200 0123456789");
    }

    @Test
    void aRangeOfWhatChangedIsTheWhole() {
        String etag = get("/assets/digits.txt").field("ETag");

        assertThat(ifRange(etag)).isEqualTo(206);
        assertThat(ifRange("\"other\"")).isEqualTo(200);
        assertThat(ifRange("W/" + etag)).isEqualTo(200);
        assertThat(ifRange(MODIFIED)).isEqualTo(206);
        assertThat(ifRange("Mon, 02 Feb 2026 03:04:06 GMT")).isEqualTo(200);
    }

    private static int ifRange(String value) {
        return get("/assets/digits.txt", "Range: bytes=0-1", "If-Range: " + value)
                .status();
    }

    @Test
    void aChangeIsSeenAtOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.writeString(root.resolve("live.txt"), "version " + i % 10);
            assertThat(get("/assets/live.txt").text()).isEqualTo("version " + i % 10);
        }
        Files.delete(root.resolve("live.txt"));
        assertThat(get("/assets/live.txt").status()).isEqualTo(404);
        Files.writeString(root.resolve("live.txt"), "again");
        assertThat(get("/assets/live.txt").text()).isEqualTo("again");
    }

    @Test
    void aLinkThatIsTurnedOutwardsIsNotFollowed() throws IOException {
        Path link = root.resolve("turned.txt");
        Files.createSymbolicLink(link, root.resolve("digits.txt"));
        assertThat(get("/assets/turned.txt").text()).isEqualTo("0123456789");

        Files.delete(link);
        Files.createSymbolicLink(link, directory.resolve("secret.txt"));

        assertThat(get("/assets/turned.txt").status()).isEqualTo(404);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            String one = "GET /assets/digits.txt HTTP/1.1\r\nHost: a\r\n\r\n";
            String two = "GET /assets/large.bin HTTP/1.1\r\nHost: a\r\n\r\n";
            String three = "GET /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((one + two + one + three).getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            String bytes = new String(large, StandardCharsets.ISO_8859_1);
            int first = all.indexOf("\r\n\r\n0123456789HTTP/1.1 200 OK");
            int second = all.indexOf("\r\n\r\n" + bytes + "HTTP/1.1 200 OK");
            assertThat(first).isPositive();
            assertThat(second).isGreaterThan(first);
            assertThat(all).endsWith("app /orders");
        }
    }
}
