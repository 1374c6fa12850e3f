package dev.sidecar.server.logging;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sidecar.SidecarException;
import dev.sidecar.logging.LogRecord;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ExportLogsServiceRequest} in protobuf. Kept out of the way of whoever does not send it: it is large. */
final class OtlpProtobuf {

    private static final int SPAN_AND_TRACE_FLAGS = 0xff;

    private OtlpProtobuf() {}

    /** Throws {@link SidecarException} {@code malformed-otlp}. */
    static List<LogRecord> decode(byte[] body) {
        try {
            List<LogRecord> records = new ArrayList<>();
            for (ResourceLogs logs : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
                Map<String, Object> resource = map(logs.getResource().getAttributesList());
                for (ScopeLogs scope : logs.getScopeLogsList()) {
                    String source = source(scope.getScope());
                    scope.getLogRecordsList()
                            .forEach(record ->
                                    records.add(record(record, scope.getScope().getName(), resource, source)));
                }
            }
            return records;
        } catch (InvalidProtocolBufferException e) {
            throw SidecarException.invalid(
                    "malformed-otlp", "the body is not a protobuf ExportLogsServiceRequest: " + e.getMessage());
        }
    }

    private static String source(InstrumentationScope scope) {
        return OtlpValues.source(map(scope.getAttributesList()).get(OtlpValues.SOURCE));
    }

    private static LogRecord record(
            io.opentelemetry.proto.logs.v1.LogRecord otlp, String scope, Map<String, Object> resource, String source) {
        LogRecord.Builder record = LogRecord.builder()
                .body(otlp.hasBody() ? value(otlp.getBody()) : null)
                .attributes(map(otlp.getAttributesList()))
                .traceId(hex(otlp.getTraceId()))
                .spanId(hex(otlp.getSpanId()))
                .traceFlags(otlp.getFlags() == 0 ? null : otlp.getFlags() & SPAN_AND_TRACE_FLAGS)
                .eventName(OtlpValues.textOrNull(otlp.getEventName()))
                .scope(OtlpValues.textOrNull(scope))
                .resource(resource)
                .source(source);
        OtlpValues.severity(record, otlp.getSeverityNumberValue(), OtlpValues.textOrNull(otlp.getSeverityText()));
        OtlpValues.times(
                record, OtlpValues.time(otlp.getTimeUnixNano()), OtlpValues.time(otlp.getObservedTimeUnixNano()));
        return record.build();
    }

    private static @Nullable String hex(ByteString bytes) {
        return bytes.isEmpty() ? null : HexFormat.of().formatHex(bytes.toByteArray());
    }

    @SuppressWarnings("NullAway") // A value of an attribute may be empty.
    private static Map<String, Object> map(List<KeyValue> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    private static @Nullable Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
            case ARRAY_VALUE -> list(value.getArrayValue().getValuesList());
            default -> null;
        };
    }

    private static List<@Nullable Object> list(List<AnyValue> values) {
        List<@Nullable Object> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(value(value)));
        return list;
    }
}
