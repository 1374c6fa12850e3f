package dev.sidecar.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a writer is told when the spool is full, by policy. The collector is nobody, so nothing leaves the spool. */
class FullSpoolApiTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String PADDING = "x".repeat(1000);
    private static final String HUNDRED = lines(100);

    @TempDir
    Path home;

    @Test
    void blockAsksTheWriterToComeBackAndNamesTheLimit() {
        try (RunningServer server = start("block")) {
            HttpResponse<String> refused = fill(server);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After").orElse("0")).isGreaterThan("0");
            assertThat(refused.body()).contains("log-spool-full", "sidecar.logging.spool.max-size");
            assertThat(spool(server)).contains("\"status\":\"FULL\"", "max-size");
        }
    }

    @Test
    void aBodyThatWasTakenInPartSaysFromWhereToSendAgain() {
        try (RunningServer server = start("block")) {
            post(server, NDJSON, lines(600));

            HttpResponse<String> refused = post(server, NDJSON, lines(2000).replace(PADDING, "x".repeat(250)));

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("taken up to line 1000");
        }
    }

    @Test
    void dropNewestTakesTheRequestAndRejectsItsRecords() {
        try (RunningServer server = start("drop-newest")) {
            HttpResponse<String> dropped = fill(server);

            assertThat(dropped.statusCode()).isEqualTo(200);
            assertThat(dropped.body()).contains("\"accepted\":0,\"rejected\":100", "sidecar.logging.spool.when-full");
            assertThat(post(server, "application/json", otlp()).body())
                    .contains("\"rejectedLogRecords\":\"1\"", "sidecar.logging.spool.when-full");
            assertThat(spool(server)).contains("\"spool-full\":");
        }
    }

    @Test
    void dropOldestTakesTheRecordsAndCountsThoseItGaveUp() {
        try (RunningServer server = start("drop-oldest")) {
            HttpResponse<String> taken = fill(server);

            assertThat(taken.statusCode()).isEqualTo(200);
            assertThat(taken.body()).contains("\"accepted\":100");
            assertThat(spool(server)).contains("\"status\":\"OK\"", "\"spool-full\":");
        }
    }

    private RunningServer start(String policy) {
        return RunningServer.start(
                home,
                "sidecar.logging.otlp.endpoint=http://127.0.0.1:9",
                "sidecar.logging.console.enabled=false",
                "sidecar.logging.spool.max-size=1MB",
                "sidecar.logging.spool.when-full=" + policy);
    }

    /** Writes more than fits, and returns the last answer. */
    private static HttpResponse<String> fill(RunningServer server) {
        HttpResponse<String> last = post(server, NDJSON, HUNDRED);
        for (int i = 0; i < 15; i++) {
            last = post(server, NDJSON, HUNDRED);
        }
        return last;
    }

    private static HttpResponse<String> post(RunningServer server, String type, String body) {
        return server.send(server.api("/v1/logs").header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private static String spool(RunningServer server) {
        return server.send(server.api("/v1").GET()).body();
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"body\":\"" + i + PADDING + "\"}\n")
                .collect(Collectors.joining());
    }

    private static String otlp() {
        return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"" + PADDING.repeat(100)
                + "\"}}]}]}]}";
    }
}
