package dev.sidecar.server.logging;

import dev.sidecar.SidecarException;
import dev.sidecar.json.JsonProblems;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code ExportLogsServiceRequest} in OTLP's JSON: ids in hex, 64-bit numbers as strings or numbers, enumerations as
 * numbers. Fields it does not know are passed over, as the protocol asks; a known one of the wrong type is an error
 * that says where.
 */
final class OtlpJson {

    private final List<LogRecord> records = new ArrayList<>();

    private OtlpJson() {}

    /** Throws {@link SidecarException} {@code malformed-otlp}. */
    static List<LogRecord> decode(byte[] body) {
        try {
            JsonNode root = SidecarJson.mapper().readTree(body);
            if (!root.isObject()) {
                throw SidecarException.invalid("malformed-otlp", "the body is not a JSON object; an empty one is {}");
            }
            OtlpJson decoder = new OtlpJson();
            decoder.request(JsonField.root(root));
            return decoder.records;
        } catch (JacksonException e) {
            throw SidecarException.invalid(
                    "malformed-otlp",
                    "the body is not JSON: " + JsonProblems.said(e)
                            + " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }

    private void request(JsonField request) {
        for (JsonField logs : request.object().get("resourceLogs").items()) {
            Map<String, Object> resource =
                    map(logs.object().get("resource").object().get("attributes"));
            for (JsonField scopeLogs : logs.get("scopeLogs").items()) {
                JsonField scope = scopeLogs.object().get("scope").object();
                String source = OtlpValues.source(map(scope.get("attributes")).get(OtlpValues.SOURCE));
                for (JsonField record : scopeLogs.get("logRecords").items()) {
                    records.add(record(record.object(), scope.get("name").text(), resource, source));
                }
            }
        }
    }

    private static LogRecord record(
            JsonField otlp, @Nullable String scope, Map<String, Object> resource, String source) {
        LogRecord.Builder record = LogRecord.builder()
                .body(value(otlp.get("body")))
                .attributes(map(otlp.get("attributes")))
                .traceId(otlp.get("traceId").text())
                .spanId(otlp.get("spanId").text())
                .eventName(otlp.get("eventName").text())
                .scope(scope == null ? null : OtlpValues.textOrNull(scope))
                .resource(resource)
                .source(source);
        JsonField flags = otlp.get("flags");
        record.traceFlags(flags.isAbsent() ? null : (int) flags.number() & 0xff);
        OtlpValues.severity(
                record,
                (int) otlp.get("severityNumber").enumeration(),
                otlp.get("severityText").text());
        OtlpValues.times(
                record,
                OtlpValues.time(otlp.get("timeUnixNano").number()),
                OtlpValues.time(otlp.get("observedTimeUnixNano").number()));
        return record.build();
    }

    @SuppressWarnings("NullAway") // A value of an attribute may be empty.
    private static Map<String, Object> map(JsonField entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (JsonField entry : entries.items()) {
            String key = entry.object().get("key").text();
            map.put(key == null ? "" : key, value(entry.get("value")));
        }
        return map;
    }

    private static @Nullable Object value(JsonField any) {
        JsonField object = any.object();
        for (String name : object.names()) {
            JsonField value = object.get(name);
            if (value.isAbsent()) {
                continue;
            }
            switch (name) {
                case "stringValue", "bytesValue" -> {
                    return value.text();
                }
                case "boolValue" -> {
                    return value.truth();
                }
                case "intValue" -> {
                    return value.number();
                }
                case "doubleValue" -> {
                    return value.real();
                }
                case "arrayValue" -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    value.object().get("values").items().forEach(item -> list.add(value(item)));
                    return list;
                }
                case "kvlistValue" -> {
                    return map(value.object().get("values"));
                }
                default -> {
                    // Of a later version of the protocol.
                }
            }
        }
        return null;
    }

    /** Kept apart for its message: where in the document something is. */
    private record JsonField(JsonNode node, @Nullable JsonField parent, String name) {

        static JsonField root(JsonNode node) {
            return new JsonField(node, null, "");
        }

        JsonField get(String field) {
            return new JsonField(node.path(field), this, field);
        }

        boolean isAbsent() {
            return node.isMissingNode() || node.isNull();
        }

        Iterable<String> names() {
            return node.propertyNames();
        }

        JsonField object() {
            return require(node.isObject(), "an object");
        }

        List<JsonField> items() {
            require(node.isArray(), "an array");
            List<JsonField> items = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                items.add(new JsonField(node.get(i), this, "[" + i + "]"));
            }
            return items;
        }

        @Nullable
        String text() {
            require(node.isString(), "a string");
            return isAbsent() ? null : node.asString();
        }

        boolean truth() {
            return require(node.isBoolean(), "true or false").node.asBoolean();
        }

        long enumeration() {
            require(node.isIntegralNumber() && node.canConvertToInt(), "a whole number");
            return isAbsent() ? 0 : node.asLong();
        }

        long number() {
            if (node.isString()) {
                try {
                    String text = node.asString();
                    return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
                } catch (NumberFormatException e) {
                    throw wrong("a whole number of 64 bits");
                }
            }
            require(node.isIntegralNumber() && node.canConvertToLong(), "a whole number of 64 bits");
            return isAbsent() ? 0 : node.asLong();
        }

        double real() {
            if (node.isString()) {
                try {
                    return Double.parseDouble(node.asString());
                } catch (NumberFormatException e) {
                    throw wrong("a number");
                }
            }
            return require(node.isNumber(), "a number").node.asDouble();
        }

        private JsonField require(boolean fine, String expected) {
            if (!fine && !isAbsent()) {
                throw wrong(expected);
            }
            return this;
        }

        private SidecarException wrong(String expected) {
            return SidecarException.invalid(
                    "malformed-otlp", path() + ": expected " + expected + ", found " + PlainValues.kind(node));
        }

        private String path() {
            if (parent == null) {
                return "the body";
            }
            String above = parent.parent == null ? "" : parent.path();
            return above + (above.isEmpty() || name.startsWith("[") ? "" : ".") + name;
        }
    }
}
