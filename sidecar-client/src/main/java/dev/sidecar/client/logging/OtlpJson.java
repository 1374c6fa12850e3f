package dev.sidecar.client.logging;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.WellFormed;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Records as OTLP/JSON ({@code ExportLogsServiceRequest}), the one format of {@code POST /v1/logs} that carries every
 * part of a record. What a record came in by has no place in OTLP: it goes as the scope's attribute
 * {@value #SOURCE}. The order of the records is kept.
 */
final class OtlpJson {

    static final String SOURCE = "sidecar.source";

    private static final int MAX_DEPTH = 64;
    private static final long NANOS = 1_000_000_000L;

    private final JsonGenerator json;

    private OtlpJson(JsonGenerator json) {
        this.json = json;
    }

    static byte[] encode(List<LogRecord> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 + 256 * records.size());
        try (JsonGenerator json = SidecarJson.mapper().createGenerator(out)) {
            new OtlpJson(json).write(records);
        }
        return out.toByteArray();
    }

    private void write(List<LogRecord> records) {
        json.writeStartObject();
        json.writeArrayPropertyStart("resourceLogs");
        for (int from = 0, to; from < records.size(); from = to) {
            to = endOfGroup(records, from);
            group(records.subList(from, to));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static int endOfGroup(List<LogRecord> records, int from) {
        LogRecord first = records.get(from);
        int to = from + 1;
        while (to < records.size() && sameOrigin(first, records.get(to))) {
            to++;
        }
        return to;
    }

    private static boolean sameOrigin(LogRecord a, LogRecord b) {
        return a.source().equals(b.source())
                && Objects.equals(a.scope(), b.scope())
                && a.resource().equals(b.resource());
    }

    private void group(List<LogRecord> records) {
        LogRecord first = records.get(0);
        json.writeStartObject();
        if (!first.resource().isEmpty()) {
            json.writeObjectPropertyStart("resource");
            attributes(first.resource());
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("scopeLogs");
        json.writeStartObject();
        json.writeObjectPropertyStart("scope");
        text("name", first.scope());
        attributes(Map.of(SOURCE, first.source()));
        json.writeEndObject();
        json.writeArrayPropertyStart("logRecords");
        records.forEach(this::record);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void record(LogRecord record) {
        json.writeStartObject();
        json.writeStringProperty("timeUnixNano", nanos(record.timestamp()));
        json.writeStringProperty("observedTimeUnixNano", nanos(record.observedTimestamp()));
        json.writeNumberProperty("severityNumber", record.severityNumber());
        text("severityText", record.severityText());
        text("eventName", record.eventName());
        text("traceId", record.traceId());
        text("spanId", record.spanId());
        if (record.traceFlags() != null) {
            json.writeNumberProperty("flags", record.traceFlags());
        }
        if (record.body() != null) {
            json.writeName("body");
            value(record.body(), 0);
        }
        attributes(record.attributes());
        json.writeEndObject();
    }

    /** From 1970 to 2262; OTLP has no other times, and what lies outside becomes unknown. */
    private static String nanos(Instant time) {
        long seconds = time.getEpochSecond();
        boolean known = seconds >= 0 && seconds < Long.MAX_VALUE / NANOS;
        return known ? Long.toString(seconds * NANOS + time.getNano()) : "0";
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, WellFormed.text(value));
        }
    }

    private void attributes(Map<?, ?> values) {
        if (!values.isEmpty()) {
            keyValues("attributes", values, 0);
        }
    }

    private void keyValues(String property, Map<?, ?> values, int depth) {
        json.writeArrayPropertyStart(property);
        values.forEach((key, value) -> {
            json.writeStartObject();
            json.writeStringProperty("key", WellFormed.text(String.valueOf(key)));
            json.writeName("value");
            value(value, depth);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private void value(@Nullable Object value, int depth) {
        json.writeStartObject();
        if (depth > MAX_DEPTH) {
            json.writeStringProperty("stringValue", "[nested too deep]");
        } else if (value instanceof Boolean truth) {
            json.writeBooleanProperty("boolValue", truth);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            json.writeStringProperty("intValue", value.toString());
        } else if (value instanceof Number number) {
            json.writeNumberProperty("doubleValue", number.doubleValue());
        } else if (value instanceof Map<?, ?> map) {
            json.writeObjectPropertyStart("kvlistValue");
            keyValues("values", map, depth + 1);
            json.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            json.writeObjectPropertyStart("arrayValue");
            json.writeArrayPropertyStart("values");
            items.forEach(item -> value(item, depth + 1));
            json.writeEndArray();
            json.writeEndObject();
        } else if (value != null) {
            json.writeStringProperty("stringValue", WellFormed.text(WellFormed.textOf(value)));
        }
        json.writeEndObject();
    }
}
