package dev.sidecar.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sidecar.Sidecar;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.testing.RunningServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LogsApiTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path home;

    private static RunningServer server;
    private static Path file;

    private final String mark = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        file = home.resolve("orders.log");
        server = RunningServer.start(home, "sidecar.logging.file.path=" + file);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void acknowledgedLinesAreInTheFile() throws Exception {
        HttpResponse<byte[]> answer = post(NDJSON, "{\"body\":\"" + mark + "\"}\n{\"body\":\"" + mark + " 2\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).toString()).isEqualTo("{\"accepted\":2,\"rejected\":0,\"errors\":[]}");
        assertThat(Files.readString(file)).contains(mark + "\"", mark + " 2\"");
    }

    @Test
    void aRecordThatWasReadCanBeSentAgain() throws Exception {
        post(
                NDJSON,
                "{\"body\":{\"a\":[1,null]},\"severity\":\"fatal\",\"scope\":\"s\",\"attributes\":{\"m\":\"" + mark
                        + "\"}}");
        JsonNode record = recent(mark).path(0);

        assertThat(json(post(NDJSON, record.toString())).path("accepted").asInt())
                .isEqualTo(1);

        assertThat(recent(mark)).hasSize(2);
        assertThat(recent(mark).path(1)).isEqualTo(record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            {"severity":"INFO"}                      | body is required
            {"body":null}                            | body is required
            {"body":"x","colour":1}                  | unknown field 'colour'
            {"body":"x","severity":"LOUD"}           | severity: expected TRACE, DEBUG
            {"body":"x","severity":25}               | severity: expected a whole number of 1 to 24
            {"body":"x","severity":1.5}              | severity: expected a whole number
            {"body":"x","attributes":[]}             | attributes: expected an object, found an array
            {"body":"x","timestamp":"noon"}          | timestamp: expected RFC 3339
            {"body":"x","timestamp":1e999999999}     | timestamp: expected RFC 3339
            {"body":"x","traceId":"xyz"}             | traceId: expected 32 hex digits
            {"body":"x","spanId":7}                  | spanId: expected a string, found the number 7
            {"body":"x","source":"A B"}              | source: expected
            [1]                                      | expected an object
            {"body":                                 | not JSON
            hello                                    | not JSON
            """)
    void aBadLineIsNamed(String line, String detail) throws Exception {
        HttpResponse<byte[]> answer = post(NDJSON, "{\"body\":\"" + mark + "\"}\n" + line.strip() + "\n");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode receipt = json(answer);
        assertThat(receipt.path("accepted").asInt()).isEqualTo(1);
        assertThat(receipt.path("rejected").asInt()).isEqualTo(1);
        assertThat(receipt.path("errors").path(0).path("line").asInt()).isEqualTo(2);
        assertThat(receipt.path("errors").path(0).path("detail").asString()).contains(detail);
    }

    @Test
    void aBodyWithoutAnyGoodLineIsRefused() throws Exception {
        HttpResponse<byte[]> answer = post(NDJSON, "x\ny\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid-log-records");
        assertThat(json(answer).path("errors")).hasSize(2);
    }

    @Test
    void namesNoMoreThanTheFirstHundredBadLines() throws Exception {
        JsonNode receipt = json(post(NDJSON, "{\"body\":1}\n" + "x\n".repeat(5000)));

        assertThat(receipt.path("rejected").asInt()).isEqualTo(5000);
        assertThat(receipt.path("errors")).hasSize(100);
    }

    @Test
    void takesManySmallRecordsInOneBody() throws Exception {
        assertThat(json(post(NDJSON, "{\"body\":1}\n".repeat(300_000)))
                        .path("accepted")
                        .asInt())
                .isEqualTo(300_000);
    }

    @Test
    void takesEveryPartOfAnOtlpRecordInProtobuf() throws Exception {
        HttpResponse<byte[]> answer = post(PROTOBUF, otlp().toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(ExportLogsServiceResponse.parseFrom(answer.body()))
                .isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
        JsonNode record = recent(mark).path(0);
        assertThat(record.toString())
                .isEqualTo(SidecarJson.mapper()
                        .readTree(
                                """
                                {"timestamp":"2026-01-02T03:04:05.123456789Z",\
                                "observedTimestamp":"2026-01-02T03:04:06Z","severity":"ERROR","severityNumber":18,\
                                "severityText":"bad","body":{"list":[1,"two",false,0.5,null,"AQI="]},\
                                "attributes":{"mark":"%s"},"traceId":"0af7651916cd43dd8448eb211c80319c",\
                                "spanId":"b7ad6b7169203331","traceFlags":1,"scope":"shop","eventName":"paid",\
                                "resource":{"service.name":"billing","host.name":"%s"},"source":"api"}
                                """
                                        .formatted(
                                                mark,
                                                record.path("resource")
                                                        .path("host.name")
                                                        .asString()))
                        .toString());
    }

    @Test
    void malformedProtobufIsAnsweredWithAStatusInProtobuf() throws Exception {
        HttpResponse<byte[]> answer = post(PROTOBUF, new byte[] {10, 127, 1});

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("malformed-otlp: the body is not a protobuf ExportLogsServiceRequest");
        assertThat(answer.body()[0])
                .as("field 2, bytes: google.rpc.Status.message")
                .isEqualTo((byte) 0x12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            {"resourceLogs":7}                                       | resourceLogs: expected an array, found the number 7
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"INFO"}]}]}]} | resourceLogs[0].scopeLogs[0].logRecords[0].severityNumber: expected a whole number, found the string 'INFO'
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}   | timeUnixNano: expected a whole number of 64 bits
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":"text"}]}]}]}           | body: expected an object, found the string 'text'
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"boolValue":"x"}}]}]}]} | body.boolValue: expected true or false
            {"resourceLogs":[                                        | not JSON
            7                                                        | not a JSON object
            """)
    void aWrongTypeInOtlpJsonIsNamedWithItsPlace(String body, String detail) throws Exception {
        HttpResponse<byte[]> answer = post(JSON, body.strip());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("malformed-otlp");
        assertThat(json(answer).path("detail").asString()).contains(detail);
    }

    @Test
    void halfAGzipIsRefusedWhole() throws Exception {
        byte[] whole = gzip(("{\"body\":\"" + mark + "\"}\n").getBytes(StandardCharsets.UTF_8));

        HttpResponse<byte[]> answer = gzipped(NDJSON, Arrays.copyOf(whole, whole.length - 10));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("malformed-gzip");
        assertThat(recent(mark)).isEmpty();
        assertThat(gzipped(NDJSON, new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
        assertThat(gzipped(NDJSON, new byte[0]).statusCode()).isEqualTo(400);
        assertThat(gzipped(PROTOBUF, new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
    }

    @Test
    void aBombIsRefusedByTheNameOfTheLimit() throws Exception {
        HttpResponse<byte[]> answer = gzipped(NDJSON, gzip(new byte[32 << 20]));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("detail").asString()).contains("sidecar.api.max-body-size");
    }

    @Test
    void tenMegabytesAreRefusedByTheNameOfTheLimit() throws Exception {
        HttpResponse<byte[]> answer = post(NDJSON, new byte[10 << 20]);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("detail").asString()).contains("sidecar.api.max-body-size");
    }

    @Test
    void whatItCannotReadIsNamedWithWhatItCan() throws Exception {
        HttpResponse<byte[]> type = post("text/plain", "x");
        HttpResponse<byte[]> encoding = send(request("/v1/logs")
                .header("Content-Type", JSON)
                .header("Content-Encoding", "br")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(json(type).path("detail").asString()).contains("text/plain", NDJSON, PROTOBUF, JSON);
        assertThat(encoding.statusCode()).isEqualTo(415);
        assertThat(json(encoding).path("detail").asString()).contains("br", "gzip");
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=x", "severity=LOUD", "since=noon", "since=-5m"})
    void aParameterThatCannotBeIsNamed(String query) throws Exception {
        HttpResponse<byte[]> answer = send(request("/v1/logs?" + query).GET());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid-query");
        assertThat(json(answer).path("detail").asString()).startsWith(query.substring(0, query.indexOf('=')) + ": ");
    }

    @Test
    void sinceIsATimeOrADuration() throws Exception {
        post(NDJSON, "{\"body\":\"" + mark + "\"}");

        for (String since : List.of("5m", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", "PT1H")) {
            assertThat(json(send(request("/v1/logs?q=" + mark + "&since=" + since)
                                    .GET()))
                            .path("records"))
                    .as(since)
                    .hasSize(1);
        }
        assertThat(json(send(request("/v1/logs?q=" + mark + "&since=2999-01-01T00:00:00Z")
                                .GET()))
                        .path("records"))
                .isEmpty();
    }

    @Test
    void streamsNewRecordsUntilTheReaderGoes() throws Exception {
        HttpResponse<InputStream> stream = CLIENT.send(
                request("/v1/logs?q=" + mark)
                        .header("Accept", "text/event-stream")
                        .GET()
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            post(NDJSON, "{\"body\":\"other\"}\n{\"body\":\"" + mark + "\",\"attributes\":{\"password\":\"x\"}}");

            String line = lines.readLine();
            while (!line.startsWith("data:")) {
                line = lines.readLine();
            }
            JsonNode record = SidecarJson.mapper().readTree(line.substring("data:".length()));
            assertThat(record.path("body").asString()).isEqualTo(mark);
            assertThat(record.path("attributes").path("password").asString()).isEqualTo("[REDACTED]");
        }
    }

    @Test
    void aFullDiskIsA503ThatSaysWhenToComeBack() throws Exception {
        try (RunningServer full = RunningServer.start(home.resolve("full"), "sidecar.logging.file.path=/dev/full")) {
            for (String type : List.of(NDJSON, JSON, PROTOBUF)) {
                byte[] body = type.equals(PROTOBUF)
                        ? otlp().toByteArray()
                        : (type.equals(NDJSON)
                                        ? "{\"body\":1}"
                                        : "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}]}]}]}")
                                .getBytes(StandardCharsets.UTF_8);
                HttpResponse<byte[]> answer =
                        send(full.api("/v1/logs").header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));

                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("log-sink-unavailable");
            }
            assertThat(full.bean(Sidecar.class).status()).isNotNull();
        }
    }

    private ExportLogsServiceRequest otlp() {
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(AnyValue.newBuilder().setIntValue(1))
                        .addValues(AnyValue.newBuilder().setStringValue("two"))
                        .addValues(AnyValue.newBuilder().setBoolValue(false))
                        .addValues(AnyValue.newBuilder().setDoubleValue(0.5))
                        .addValues(AnyValue.getDefaultInstance())
                        .addValues(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {1, 2}))))
                .build();
        AnyValue.Builder body = AnyValue.newBuilder();
        body.getKvlistValueBuilder()
                .addValues(KeyValue.newBuilder().setKey("list").setValue(list));
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(1767323045123456789L)
                .setObservedTimeUnixNano(1767323046000000000L)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR2)
                .setSeverityText("bad")
                .setBody(body)
                .addAttributes(attribute("mark", mark))
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex("0af7651916cd43dd8448eb211c80319c")))
                .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex("b7ad6b7169203331")))
                .setFlags(0x101)
                .setEventName("paid")
                .build();
        ResourceLogs.Builder logs = ResourceLogs.newBuilder();
        logs.getResourceBuilder().addAttributes(attribute("service.name", "billing"));
        logs.addScopeLogs(ScopeLogs.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("shop"))
                .addLogRecords(record));
        return ExportLogsServiceRequest.newBuilder().addResourceLogs(logs).build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static JsonNode recent(String text) throws Exception {
        return json(send(request("/v1/logs?q=" + text).GET())).path("records");
    }

    private static HttpResponse<byte[]> post(String type, String body) throws Exception {
        return post(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> post(String type, byte[] body) throws Exception {
        return send(request("/v1/logs").header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<byte[]> gzipped(String type, byte[] body) throws Exception {
        return send(request("/v1/logs")
                .header("Content-Type", type)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return server.api(path);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return SidecarJson.mapper().readTree(answer.body());
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }
}
