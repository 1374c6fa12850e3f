package dev.sidecar.tck.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.WireContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Logging as the OpenTelemetry protocol has it: OTLP/HTTP in JSON and protobuf, plain and gzipped. */
public interface OtlpWireContract extends WireContract {

    String JSON = "application/json";
    String PROTOBUF = "application/x-protobuf";

    @Test
    @Clause("LOG-60")
    default void takesOtlpInJson() {
        String mark = Fresh.name("mark");

        Answer answer = http().post("/v1/logs", JSON, otlpJson(mark)).expect(200);

        assertThat(answer.header("Content-Type")).startsWith(JSON);
        assertThat(answer.json()
                        .path("partialSuccess")
                        .path("rejectedLogRecords")
                        .asInt())
                .isZero();
        JsonNode record = awaitMarked(mark);
        assertThat(record.path("body").asString()).isEqualTo("order taken");
        assertThat(record.path("severity").asString()).isEqualTo("WARN");
        assertThat(record.path("severityNumber").asInt()).isEqualTo(14);
        assertThat(record.path("severityText").asString()).isEqualTo("warning");
        assertThat(record.path("timestamp").asString()).isEqualTo("2026-01-02T03:04:05.123456789Z");
        assertThat(record.path("traceId").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(record.path("spanId").asString()).isEqualTo("b7ad6b7169203331");
        assertThat(record.path("scope").asString()).isEqualTo("shop.orders");
        assertThat(record.path("attributes").path("count").asInt()).isEqualTo(42);
        assertThat(record.path("attributes").path("list").toString()).isEqualTo("[\"a\",true]");
    }

    @Test
    @Clause("LOG-61")
    default void takesOtlpInProtobuf() {
        String mark = Fresh.name("mark");

        Answer answer = http().post("/v1/logs", PROTOBUF, otlpProtobuf(mark)).expect(200);

        assertThat(answer.header("Content-Type")).startsWith(PROTOBUF);
        assertThat(awaitMarked(mark).path("severity").asString()).isEqualTo("ERROR");
    }

    @Test
    @Clause("LOG-62")
    default void takesGzip() {
        String json = Fresh.name("json");
        String protobuf = Fresh.name("protobuf");
        String ndjson = Fresh.name("ndjson");

        http().with("Content-Encoding", "gzip")
                .post("/v1/logs", JSON, gzip(bytes(otlpJson(json))))
                .expect(200);
        http().with("Content-Encoding", "gzip")
                .post("/v1/logs", PROTOBUF, gzip(otlpProtobuf(protobuf)))
                .expect(200);
        http().with("Content-Encoding", "gzip")
                .post("/v1/logs", LogsWireContract.NDJSON, gzip(bytes("{\"body\":\"" + ndjson + "\"}")))
                .expect(200);

        awaitMarked(json);
        awaitMarked(protobuf);
        awaitMarked(ndjson);
    }

    @Test
    @Clause("LOG-63")
    default void refusesHalfAGzip() {
        byte[] whole = gzip(bytes(otlpJson("x".repeat(5000))));

        Answer answer = http().with("Content-Encoding", "gzip")
                .post("/v1/logs", JSON, Arrays.copyOf(whole, whole.length / 2))
                .expect(400);

        assertThat(answer.body()).containsIgnoringCase("gzip");
    }

    @Test
    @Clause("LOG-64")
    default void refusesWhatIsNotOtlp() {
        assertThat(http().post("/v1/logs", JSON, "{\"resourceLogs\":7}").status())
                .isEqualTo(400);
        assertThat(http().post("/v1/logs", JSON, "{\"resourceLogs\":[").status())
                .isEqualTo(400);
        assertThat(http().post("/v1/logs", PROTOBUF, new byte[] {10, 127, 1, 2}).status())
                .isEqualTo(400);
    }

    @Test
    @Clause("LOG-65")
    default void ignoresFieldsOfALaterOtlp() {
        String mark = Fresh.name("mark");
        String later = otlpJson(mark).replace("\"severityNumber\"", "\"mood\":{\"sunny\":true},\"severityNumber\"");

        http().post("/v1/logs", JSON, later).expect(200);

        awaitMarked(mark);
    }

    @Test
    @Clause("LOG-66")
    default void anEmptyRequestIsASuccess() {
        http().post("/v1/logs", JSON, "{}").expect(200);
        http().post("/v1/logs", PROTOBUF, new byte[0]).expect(200);
    }

    @Test
    @Clause("LOG-67")
    default void refusesAnEncodingItDoesNotRead() {
        Answer answer = http().with("Content-Encoding", "br")
                .post("/v1/logs", JSON, "{}")
                .expect(415);

        assertThat(answer.body()).contains("br").contains("gzip");
    }

    @Test
    @Clause("LOG-68")
    default void aSmallGzipThatGrowsBeyondTheLimitIsRefused() {
        byte[] bomb = gzip(bytes("{\"body\":\"" + "x".repeat(64 << 20) + "\"}"));
        assertThat(bomb.length).isLessThan(1 << 20);

        Answer answer = http().with("Content-Encoding", "gzip")
                .post("/v1/logs", LogsWireContract.NDJSON, bomb)
                .expect(413);

        assertThat(answer.detail()).contains("sidecar.");
    }

    private JsonNode awaitMarked(String mark) {
        return await("the record")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> http().get("/v1/logs?q=" + mark)
                                .expect(200)
                                .json()
                                .path("records"),
                        records -> records.size() == 1)
                .path(0);
    }

    private static String otlpJson(String mark) {
        return """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
                 "scopeLogs":[{"scope":{"name":"shop.orders"},"logRecords":[{
                  "timeUnixNano":"1767323045123456789","severityNumber":14,"severityText":"warning",
                  "body":{"stringValue":"order taken"},
                  "traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"B7AD6B7169203331",
                  "attributes":[{"key":"mark","value":{"stringValue":"%s"}},
                   {"key":"count","value":{"intValue":"42"}},
                   {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"boolValue":true}]}}}]}]}]}]}
                """
                .formatted(mark);
    }

    /** ExportLogsServiceRequest > ResourceLogs > ScopeLogs > LogRecord{severity_number, body}, by hand. */
    private static byte[] otlpProtobuf(String mark) {
        byte[] body = message(5, message(1, bytes(mark)));
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(2 << 3);
        record.write(17);
        record.writeBytes(body);
        return message(1, message(2, message(2, record.toByteArray())));
    }

    private static byte[] message(int field, byte[] content) {
        if (content.length > 127) {
            throw new IllegalArgumentException("only short messages are written here");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
