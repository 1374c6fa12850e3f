package dev.sidecar.logging.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpEncoderTest {

    private static LogRecord.Builder record(String body) {
        return LogRecord.builder().body(body).scope("a.B").source("stdout").resource(Map.of("service.name", "orders"));
    }

    private static ExportLogsServiceRequest decoded(List<LogRecord> records) throws Exception {
        return ExportLogsServiceRequest.parseFrom(OtlpEncoder.encode(records));
    }

    private static io.opentelemetry.proto.logs.v1.LogRecord only(LogRecord record) throws Exception {
        return decoded(List.of(record)).getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
    }

    @Test
    void everyFieldIsWhereTheProtocolHasIt() throws Exception {
        var otlp = only(record("hello")
                .timestamp(Instant.ofEpochSecond(1_700_000_000, 5))
                .observedTimestamp(Instant.ofEpochSecond(1_700_000_001, 6))
                .severity(Severity.WARN)
                .severityText("warning")
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .spanId("b7ad6b7169203331")
                .traceFlags(1)
                .eventName("order.placed")
                .build());

        assertThat(otlp.getBody().getStringValue()).isEqualTo("hello");
        assertThat(otlp.getTimeUnixNano()).isEqualTo(1_700_000_000_000_000_005L);
        assertThat(otlp.getObservedTimeUnixNano()).isEqualTo(1_700_000_001_000_000_006L);
        assertThat(otlp.getSeverityNumberValue()).isEqualTo(13);
        assertThat(otlp.getSeverityText()).isEqualTo("warning");
        assertThat(otlp.getTraceId().size()).isEqualTo(16);
        assertThat(otlp.getSpanId().size()).isEqualTo(8);
        assertThat(otlp.getFlags()).isEqualTo(1);
        assertThat(otlp.getEventName()).isEqualTo("order.placed");
    }

    @Test
    void valuesOfEveryKindKeepKindAndOrder() throws Exception {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("text", "ü".repeat(200));
        attributes.put("flag", true);
        attributes.put("negative", -1);
        attributes.put("large", Long.MAX_VALUE);
        attributes.put("real", 1.5);
        attributes.put("list", Arrays.asList("a", 2, null));
        attributes.put("map", Map.of("k", List.of(Map.of("deep", false))));
        attributes.put("huge", BigInteger.TWO.pow(70));
        attributes.put("nothing", null);

        var values = only(record("x").attributes(attributes).build()).getAttributesList();

        assertThat(values).extracting(v -> v.getKey()).containsExactlyElementsOf(attributes.keySet());
        assertThat(values.get(0).getValue().getStringValue()).isEqualTo("ü".repeat(200));
        assertThat(values.get(1).getValue().getBoolValue()).isTrue();
        assertThat(values.get(2).getValue().getIntValue()).isEqualTo(-1);
        assertThat(values.get(3).getValue().getIntValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(values.get(4).getValue().getDoubleValue()).isEqualTo(1.5);
        assertThat(values.get(5).getValue().getArrayValue().getValuesList())
                .extracting(AnyValue::getValueCase)
                .containsExactly(
                        AnyValue.ValueCase.STRING_VALUE,
                        AnyValue.ValueCase.INT_VALUE,
                        AnyValue.ValueCase.VALUE_NOT_SET);
        assertThat(values.get(6)
                        .getValue()
                        .getKvlistValue()
                        .getValues(0)
                        .getValue()
                        .getArrayValue()
                        .getValues(0)
                        .getKvlistValue()
                        .getValues(0)
                        .getKey())
                .isEqualTo("deep");
        assertThat(values.get(7).getValue().getStringValue()).isEqualTo("1180591620717411303424");
        assertThat(values.get(8).getValue().getValueCase()).isEqualTo(AnyValue.ValueCase.VALUE_NOT_SET);
    }

    @Test
    void recordsOfOneOriginShareItAndKeepTheirOrder() throws Exception {
        var request = decoded(List.of(
                record("1").build(),
                record("2").build(),
                record("3").source("stderr").build(),
                record("4").resource(Map.of("service.name", "other")).build()));

        assertThat(request.getResourceLogsList()).hasSize(3);
        assertThat(request.getResourceLogs(0).getScopeLogs(0).getLogRecordsList())
                .extracting(r -> r.getBody().getStringValue())
                .containsExactly("1", "2");
        assertThat(request.getResourceLogs(0).getScopeLogs(0).getScope().getName())
                .isEqualTo("a.B");
        assertThat(request.getResourceLogs(2)
                        .getResource()
                        .getAttributes(0)
                        .getValue()
                        .getStringValue())
                .isEqualTo("other");
    }

    @Test
    void encodingsInARowAreOneRequest() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(OtlpEncoder.encode(List.of(record("1").build())));
        both.writeBytes(OtlpEncoder.encode(List.of(record("2").build())));

        List<ResourceLogs> logs =
                ExportLogsServiceRequest.parseFrom(both.toByteArray()).getResourceLogsList();

        assertThat(logs).hasSize(2);
    }
}
