package dev.sidecar.tck.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.Setup;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.RawHttp;
import dev.sidecar.tck.wire.WireContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Logging in plain HTTP: NDJSON in, records and events out. */
public interface LogsWireContract extends WireContract {

    String NDJSON = "application/x-ndjson";

    @Test
    @Clause("LOG-01")
    default void keepsEveryFieldOfARecord() {
        String mark = Fresh.name("mark");

        write(
                """
                        {"severity":"WARN","body":"order taken","attributes":{"mark":"%s","count":2,"ok":true,"list":[1,"a"]},\
                        "timestamp":"2026-01-02T03:04:05.123456789Z","traceId":"0af7651916cd43dd8448eb211c80319c",\
                        "spanId":"b7ad6b7169203331"}
                        """
                        .formatted(mark));

        JsonNode record = awaitMarked(mark, 1).get(0);
        assertThat(record.path("severity").asString()).isEqualTo("WARN");
        assertThat(record.path("severityNumber").asInt()).isEqualTo(13);
        assertThat(record.path("body").asString()).isEqualTo("order taken");
        assertThat(record.path("timestamp").asString()).isEqualTo("2026-01-02T03:04:05.123456789Z");
        assertThat(record.path("traceId").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(record.path("spanId").asString()).isEqualTo("b7ad6b7169203331");
        assertThat(record.path("attributes").path("count").asInt()).isEqualTo(2);
        assertThat(record.path("attributes").path("ok").asBoolean()).isTrue();
        assertThat(record.path("attributes").path("list").toString()).isEqualTo("[1,\"a\"]");
    }

    @Test
    @Clause("LOG-03")
    default void saysWhoWroteIt() {
        String mark = Fresh.name("mark");
        write(line(mark, "hello"));

        JsonNode resource = awaitMarked(mark, 1).get(0).path("resource");
        assertThat(resource.path("service.name").asString()).isEqualTo(Setup.NAME);
        assertThat(resource.path("service.instance.id").asString()).isEqualTo(Setup.INSTANCE);
        assertThat(resource.path("host.name").asString()).isNotBlank();
    }

    @Test
    @Clause("LOG-04")
    default void hidesTheUsualSecrets() {
        String mark = Fresh.name("mark");
        write(
                """
                {"body":"login","attributes":{"mark":"%s","password":"hunter2","nested":{"secret":"hunter2","plain":"shown"}}}
                """
                        .formatted(mark));

        assertThat(awaitMarked(mark, 1).get(0).toString())
                .doesNotContain("hunter2")
                .contains("shown");
    }

    @Test
    @Clause("LOG-05")
    default void hidesWhatTheConfigurationAdds() {
        String mark = Fresh.name("mark");
        write(
                """
                {"body":"card-5678 charged","attributes":{"mark":"%s","pin":"9876"}}
                """
                        .formatted(mark));

        assertThat(awaitMarked(mark, 1).get(0).toString())
                .doesNotContain("9876")
                .doesNotContain("card-5678")
                .contains(" charged");
    }

    @Test
    @Clause("LOG-08")
    default void keepsTheOrderOfOneSource() {
        String mark = Fresh.name("mark");
        write(IntStream.range(0, 300).mapToObj(i -> line(mark, "line " + i)).collect(Collectors.joining()));

        List<JsonNode> records = awaitMarked(mark, 300);

        assertThat(records.stream().map(r -> r.path("body").asString()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "line " + i).toList());
    }

    @Test
    @Clause("LOG-09")
    default void givesTheNewestUpToTheLimitNewestLast() {
        String mark = Fresh.name("mark");
        write(IntStream.range(0, 20).mapToObj(i -> line(mark, "line " + i)).collect(Collectors.joining()));
        awaitMarked(mark, 20);

        JsonNode records =
                http().get("/v1/logs?limit=2&q=" + mark).expect(200).json().path("records");

        assertThat(records.valueStream().map(r -> r.path("body").asString())).containsExactly("line 18", "line 19");
    }

    @Test
    @Clause("LOG-10")
    default void givesASeverityAndAbove() {
        String mark = Fresh.name("mark");
        for (String severity : List.of("DEBUG", "info", "Warn", "ERROR")) {
            write("{\"severity\":\"%s\",\"body\":\"%s\"}\n".formatted(severity, mark));
        }
        awaitMarked(mark, 4);

        for (String wanted : List.of("WARN", "warn")) {
            JsonNode records = http().get("/v1/logs?severity=" + wanted + "&q=" + mark)
                    .expect(200)
                    .json()
                    .path("records");
            assertThat(records.valueStream().map(r -> r.path("severity").asString()))
                    .containsExactly("WARN", "ERROR");
        }
    }

    @Test
    @Clause("LOG-13")
    default void refusesALimitOutOfRange() {
        for (String limit : List.of("0", "-1", "1001")) {
            assertThat(http().get("/v1/logs?limit=" + limit)
                            .expectProblem(400, "invalid-query")
                            .detail())
                    .contains("limit", limit);
        }
    }

    @Test
    @Clause("LOG-14")
    default void acknowledgesABatchOnceItWillSurvive() {
        String mark = Fresh.name("mark");

        JsonNode receipt = write(line(mark, "one") + line(mark, "two"));

        assertThat(receipt.path("accepted").asInt()).isEqualTo(2);
        assertThat(receipt.path("rejected").asInt(-1)).isZero();
        assertThat(receipt.path("errors").size()).isZero();
    }

    @Test
    @Clause("LOG-15")
    default void takesAnEmptyBatch() {
        assertThat(write("").path("accepted").asInt(-1)).isZero();
        assertThat(write("\n\n").path("accepted").asInt(-1)).isZero();
    }

    @Test
    @Clause("LOG-18")
    default void followsWhatMatchesInOrder() throws IOException {
        String mark = Fresh.name("mark");
        try (RawHttp.Stream events =
                http().with("Accept", "text/event-stream").open("GET", "/v1/logs?severity=WARN&q=" + mark, null)) {
            Answer head = events.head().expect(200);
            assertThat(head.header("Content-Type")).startsWith("text/event-stream");
            write("{\"severity\":\"INFO\",\"body\":\"" + mark + " quiet\"}\n");
            for (int i = 0; i < 10; i++) {
                write("{\"severity\":\"ERROR\",\"body\":\"" + mark + " " + i + "\"}\n");
            }

            for (int i = 0; i < 10; i++) {
                String line = events.line();
                while (line != null && !line.startsWith("data:")) {
                    line = events.line();
                }
                assertThat(line).isNotNull().contains(mark + " " + i).doesNotContain("quiet");
            }
        }
    }

    @Test
    @Clause("LOG-50")
    default void onlyTheBodyIsRequiredOfALine() {
        String mark = Fresh.name("mark");
        write("{\"body\":\"" + mark + "\"}\n");

        JsonNode record = awaitMarked(mark, 1).get(0);
        assertThat(record.path("severity").asString()).isEqualTo("INFO");
        assertThat(record.path("source").asString()).isEqualTo("api");
    }

    @Test
    @Clause("LOG-51")
    default void keepsTheGoodLinesAndNamesTheBad() {
        String mark = Fresh.name("mark");
        Answer answer = http().post(
                        "/v1/logs",
                        NDJSON,
                        line(mark, "one")
                                + "{\"body\":\n"
                                + line(mark, "three")
                                + "{\"severity\":\"INFO\"}\n"
                                + "{\"body\":\"x\",\"colour\":\"red\"}\n"
                                + "{\"body\":\"x\",\"severity\":\"LOUD\"}\n"
                                + "{\"body\":\"x\",\"attributes\":[]}\n"
                                + "{\"body\":\"x\",\"timestamp\":\"yesterday\"}\n"
                                + line(mark, "nine"))
                .expect(200);

        JsonNode receipt = answer.json();
        assertThat(receipt.path("accepted").asInt()).isEqualTo(3);
        assertThat(receipt.path("rejected").asInt()).isEqualTo(6);
        assertThat(receipt.path("errors").valueStream().map(e -> e.path("line").asInt()))
                .containsExactly(2, 4, 5, 6, 7, 8);
        assertThat(receipt.path("errors").valueStream().map(e -> e.path("detail")
                        .asString()))
                .noneMatch(String::isBlank);
        assertThat(receipt.toString()).contains("colour", "LOUD", "attributes", "timestamp");
        assertThat(awaitMarked(mark, 3).stream().map(r -> r.path("body").asString()))
                .containsExactly("one", "three", "nine");
    }

    @Test
    @Clause("LOG-52")
    default void refusesQueriesThatCannotBe() {
        for (String query : List.of("severity=LOUD", "since=yesterday", "limit=x")) {
            Answer answer = http().get("/v1/logs?" + query).expect(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.detail()).contains(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    @Clause("LOG-53")
    default void refusesATypeItDoesNotRead() {
        Answer answer = http().post("/v1/logs", "text/plain", "hello").expect(415);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    @Clause("LOG-54")
    default void aBodyBeyondTheLimitIsRefusedByName() {
        String large = "{\"body\":\"" + "x".repeat(20 << 20) + "\"}\n";

        Answer answer = http().post("/v1/logs", NDJSON, large).expect(413);

        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("sidecar.");
    }

    @Test
    @Clause("LOG-55")
    default void aLineMayEndWithoutALineFeed() {
        String mark = Fresh.name("mark");

        assertThat(write(line(mark, "one").strip()).path("accepted").asInt()).isEqualTo(1);
        assertThat(write(line(mark, "two").strip() + "\r\n" + line(mark, "three"))
                        .path("accepted")
                        .asInt())
                .isEqualTo(2);
    }

    private JsonNode write(String lines) {
        return http().post("/v1/logs", NDJSON, lines).expect(200).json();
    }

    private static String line(String mark, String body) {
        return "{\"body\":\"%s\",\"attributes\":{\"mark\":\"%s\"}}\n".formatted(body, mark);
    }

    private List<JsonNode> awaitMarked(String mark, int count) {
        return await("records with the mark")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> http().get("/v1/logs?limit=1000&q=" + mark)
                                .expect(200)
                                .json()
                                .path("records")
                                .valueStream()
                                .toList(),
                        records -> records.size() >= count);
    }
}
