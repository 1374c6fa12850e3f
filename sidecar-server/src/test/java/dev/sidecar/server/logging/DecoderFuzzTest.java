package dev.sidecar.server.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sidecar.SidecarException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever bytes arrive, a decoder answers with records or with a refusal that says why. */
class DecoderFuzzTest {

    private static final String OTLP =
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":{"intValue":"42"}}]},"scopeLogs":[{"scope":\
            {"name":"s"},"logRecords":[{"timeUnixNano":"1767323045123456789","severityNumber":9,"flags":1,"body":\
            {"kvlistValue":{"values":[{"key":"k","value":{"arrayValue":{"values":[{"doubleValue":1.5},{"boolValue":true}\
            ]}}}]}},"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}]}]}]}
            """;

    private static final String LINE =
            """
            {"severity":"WARN","body":{"a":[1,2.5,null,true,"x"]},"attributes":{"b":"c"},"timestamp":1767323045.5,\
            "traceId":"0af7651916cd43dd8448eb211c80319c","traceFlags":1,"source":"api"}""";

    private static final String ALPHABET = "{}[]\",:0123456789.-+eEtrufalsn\\ \n\ud83e\uddc0";

    private final Random random = new Random(2);

    @Test
    void ndjson() {
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = mutated(LINE);
            Throwable failure = catchThrowable(() -> NdjsonLine.parse(bytes, 0, bytes.length));
            assertThat(failure == null || failure instanceof NdjsonLine.Invalid)
                    .as("%s of %s", failure, new String(bytes, StandardCharsets.UTF_8))
                    .isTrue();
        }
    }

    @Test
    void otlpJson() {
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = mutated(OTLP);
            assertRefusedOrRead(catchThrowable(() -> OtlpJson.decode(bytes)), bytes);
        }
    }

    @Test
    void otlpProtobuf() {
        byte[] whole = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(io.opentelemetry.proto.logs.v1.ResourceLogs.newBuilder()
                        .addScopeLogs(io.opentelemetry.proto.logs.v1.ScopeLogs.newBuilder()
                                .addLogRecords(io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
                                        .setTimeUnixNano(-1)
                                        .setSeverityNumberValue(77)
                                        .setBody(io.opentelemetry.proto.common.v1.AnyValue.newBuilder()
                                                .setStringValue("hello")))))
                .build()
                .toByteArray();
        assertThat(OtlpProtobuf.decode(whole)).hasSize(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertRefusedOrRead(catchThrowable(() -> OtlpProtobuf.decode(bytes)), bytes);
        }
    }

    private static void assertRefusedOrRead(Throwable failure, byte[] bytes) {
        assertThat(failure == null
                        || failure instanceof SidecarException refused
                                && refused.code().equals("malformed-otlp"))
                .as("%s of %s", failure, new String(bytes, StandardCharsets.UTF_8))
                .isTrue();
    }

    private byte[] mutated(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(3)) {
                case 0 -> out.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> out.deleteCharAt(at);
                default -> out.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
