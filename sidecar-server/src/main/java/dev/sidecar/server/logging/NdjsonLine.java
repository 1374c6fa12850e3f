package dev.sidecar.server.logging;

import dev.sidecar.json.JsonProblems;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of NDJSON as a record. The fields are those of a record as {@code GET /v1/logs} shows it, so that such a
 * record can be sent again; only {@code body} is required, and one it does not know is refused.
 */
final class NdjsonLine {

    private static final JsonMapper JSON = SidecarJson.mapper();
    private static final List<String> FIELDS = List.of(
            "severity",
            "body",
            "attributes",
            "timestamp",
            "traceId",
            "spanId",
            "severityNumber",
            "severityText",
            "observedTimestamp",
            "traceFlags",
            "scope",
            "eventName",
            "resource",
            "source");
    private static final Pattern SOURCE = Pattern.compile("[a-z][a-z0-9._-]{0,31}");

    /** The line cannot be a record; the message says why. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message, null, false, false);
        }
    }

    private NdjsonLine() {}

    static LogRecord parse(byte[] bytes, int from, int length) throws Invalid {
        JsonNode line;
        try {
            line = JSON.readTree(bytes, from, length);
        } catch (JacksonException e) {
            throw new Invalid("not JSON: " + JsonProblems.said(e));
        }
        if (!line.isObject()) {
            throw new Invalid("expected an object such as {\"body\":\"…\"}, found " + PlainValues.kind(line));
        }
        for (String name : line.propertyNames()) {
            if (!FIELDS.contains(name)) {
                throw new Invalid("unknown field '" + PlainValues.abbreviated(name) + "'; known are "
                        + String.join(", ", FIELDS) + "; anything else belongs into attributes");
            }
        }
        return record(line);
    }

    private static LogRecord record(JsonNode line) throws Invalid {
        if (!line.hasNonNull("body")) {
            throw new Invalid("body is required: a string, or any other JSON value but null");
        }
        LogRecord.Builder record = LogRecord.builder()
                .source("api")
                .body(PlainValues.of(line.get("body")))
                .attributes(object(line, "attributes"))
                .resource(object(line, "resource"))
                .traceId(hex(line, "traceId", 32))
                .spanId(hex(line, "spanId", 16))
                .severityText(text(line, "severityText"))
                .scope(text(line, "scope"))
                .eventName(text(line, "eventName"));
        severity(line, record);
        time(line, record);
        if (line.hasNonNull("traceFlags")) {
            record.traceFlags(number(line, "traceFlags", 0, 255));
        }
        String source = text(line, "source");
        if (source != null) {
            if (!SOURCE.matcher(source).matches()) {
                throw wrong(line, "source", "up to 32 of a-z, 0-9, '.', '_' and '-'");
            }
            record.source(source);
        }
        return record.build();
    }

    private static void severity(JsonNode line, LogRecord.Builder record) throws Invalid {
        JsonNode severity = line.path("severity");
        if (severity.isNumber()) {
            record.severityNumber(number(line, "severity", 1, 24));
        } else if (line.hasNonNull("severity")) {
            String word = text(line, "severity");
            Severity known = word == null ? null : Severity.ofWord(word);
            if (known == null && !"unspecified".equalsIgnoreCase(word)) {
                throw wrong(line, "severity", "TRACE, DEBUG, INFO, WARN, ERROR, FATAL or a number of 1 to 24");
            }
            record.severity(known == null ? Severity.UNSPECIFIED : known);
        }
        if (line.hasNonNull("severityNumber")) {
            record.severityNumber(number(line, "severityNumber", 0, 24));
        }
    }

    private static void time(JsonNode line, LogRecord.Builder record) throws Invalid {
        Instant timestamp = time(line, "timestamp");
        if (timestamp != null) {
            record.timestamp(timestamp);
        }
        Instant observed = time(line, "observedTimestamp");
        if (observed != null) {
            record.observedTimestamp(observed);
        }
    }

    private static @Nullable Instant time(JsonNode line, String field) throws Invalid {
        if (!line.hasNonNull(field)) {
            return null;
        }
        Instant time = Timestamps.of(line.get(field));
        if (time == null) {
            throw wrong(
                    line, field, "RFC 3339 such as 2026-01-31T12:00:00Z, or a number since 1970 in s, ms, µs or ns");
        }
        return time;
    }

    private static @Nullable String text(JsonNode line, String field) throws Invalid {
        if (!line.hasNonNull(field)) {
            return null;
        }
        if (!line.get(field).isString()) {
            throw wrong(line, field, "a string");
        }
        return line.get(field).asString();
    }

    private static @Nullable String hex(JsonNode line, String field, int length) throws Invalid {
        String id = text(line, field);
        if (id == null || id.isEmpty()) {
            return null;
        }
        boolean fine = id.length() == length;
        for (int i = 0; fine && i < length; i++) {
            fine = id.charAt(i) <= 'f' && Character.digit(id.charAt(i), 16) >= 0;
        }
        if (!fine) {
            throw wrong(line, field, length + " hex digits");
        }
        return id;
    }

    private static int number(JsonNode line, String field, int min, int max) throws Invalid {
        JsonNode number = line.get(field);
        if (!number.isIntegralNumber() || !number.canConvertToInt() || number.asInt() < min || number.asInt() > max) {
            throw wrong(line, field, "a whole number of " + min + " to " + max);
        }
        return number.asInt();
    }

    private static Map<String, Object> object(JsonNode line, String field) throws Invalid {
        if (!line.hasNonNull(field)) {
            return Map.of();
        }
        if (!line.get(field).isObject()) {
            throw wrong(line, field, "an object");
        }
        return PlainValues.map(line.get(field));
    }

    private static Invalid wrong(JsonNode line, String field, String expected) {
        return new Invalid(field + ": expected " + expected + ", found " + PlainValues.kind(line.get(field)));
    }
}
