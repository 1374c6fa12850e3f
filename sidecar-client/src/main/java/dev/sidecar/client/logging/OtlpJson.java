package dev.sidecar.client.logging;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogRecord;
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

    private static String nanos(Instant time) {
        return Long.toString(Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()));
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, wellFormed(value));
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
            json.writeStringProperty("key", wellFormed(String.valueOf(key)));
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
            json.writeStringProperty("stringValue", wellFormed(textOf(value)));
        }
        json.writeEndObject();
    }

    private static String textOf(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return "[" + value.getClass().getName() + ": toString failed]";
        }
    }

    /** UTF-8 has no half of a surrogate pair; it becomes U+FFFD. */
    static String wellFormed(String text) {
        int bad = -1;
        for (int i = 0; i < text.length() && bad < 0; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                bad = Character.isValidCodePoint(text.codePointAt(i)) && text.codePointAt(i) > 0xFFFF ? -1 : i;
                i++;
            }
        }
        return bad < 0
                ? text
                : text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }
}
