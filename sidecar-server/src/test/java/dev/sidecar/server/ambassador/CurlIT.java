package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What curl, a client of others, gets from the ambassador. */
class CurlIT {

    private static HttpServer neighbour;
    private static RunningServer server;
    private static String ambassador;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        neighbour = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        neighbour.createContext("/", exchange -> {
            long length = exchange.getRequestBody().readAllBytes().length;
            byte[] seen = (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + length + " "
                            + exchange.getRequestHeaders().getFirst("Host"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : seen.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(seen);
            }
            exchange.close();
        });
        neighbour.start();
        String authority = "127.0.0.1:" + neighbour.getAddress().getPort();
        url = "http://" + authority;
        server = RunningServer.start(
                home,
                "sidecar.ambassador.port=0",
                "sidecar.ambassador.routes.stock.urls=" + url,
                "sidecar.ambassador.hosts=" + authority);
        ambassador = server.bean(Ambassador.class).url();
    }

    @AfterAll
    static void stop() {
        server.close();
        neighbour.stop(0);
    }

    private static String curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-S", "--max-time", "10", "-i", "--noproxy", ""));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void speaksHttp2ByPriorKnowledge() throws Exception {
        assertThat(curl("--http2-prior-knowledge", ambassador + "/stock/a?b"))
                .startsWith("HTTP/2 200")
                .contains("GET /a?b 0");
        assertThat(curl("--http2-prior-knowledge", "-d", "x".repeat(100_000), ambassador + "/stock/a"))
                .contains("POST /a 100000");
        assertThat(curl("--http2-prior-knowledge", "-I", ambassador + "/stock/a"))
                .startsWith("HTTP/2 200");
        assertThat(curl("--http2-prior-knowledge", ambassador + "/nowhere"))
                .startsWith("HTTP/2 404")
                .contains("sidecar-reason: no-route");
    }

    @Test
    void offerToUpgradeToHttp2IsDeclined() throws Exception {
        assertThat(curl("--http2", ambassador + "/stock/a")).startsWith("HTTP/1.1 200");
    }

    @Test
    void isAProxyForListedHosts() throws Exception {
        assertThat(curl("-x", ambassador, url + "/a")).contains("GET /a 0 " + url.substring(7));
        assertThat(curl("-x", ambassador, "-p", url + "/b"))
                .startsWith("HTTP/1.1 200")
                .contains("GET /b 0");
        assertThat(curl("-x", ambassador, "-p", "http://elsewhere.example/")).contains("403");
        assertThat(curl("-x", ambassador, "http://stock/c")).contains("GET /c 0");
    }
}
