package dev.sidecar.server.logging.capture;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import dev.sidecar.server.logging.PlainValues;
import dev.sidecar.server.logging.Timestamps;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line that is a JSON object, as most structured loggers print it. Fields that say what a part of a record says are
 * taken by the names such loggers use, dotted or nested; the rest are attributes.
 */
final class JsonLine {

    private static final String[] MESSAGE = {"message", "msg", "body"};
    private static final String[] LEVEL = {"level", "severity", "lvl", "levelname", "log.level"};
    private static final String[] TIME = {"@timestamp", "timestamp", "time", "ts"};
    private static final String[] LOGGER = {"logger", "logger_name", "loggerName", "log.logger", "name"};
    private static final String[] TRACE = {"trace_id", "traceId", "traceid", "trace.id"};
    private static final String[] SPAN = {"span_id", "spanId", "spanid", "span.id"};
    private static final String[] THREAD = {"thread_name", "process.thread.name"};
    private static final String[] ERROR = {"error", "err", "exception"};
    private static final String[] ERROR_TYPE = {"type", "name", "class"};
    private static final String[] ERROR_STACK = {"stack_trace", "stacktrace", "stackTrace", "stack"};
    private static final String[] STACK = {"error.stack_trace", "stack_trace", "stackTrace", "stack", "exc_info"};

    private static final Severity[] TENS = {
        Severity.TRACE, Severity.DEBUG, Severity.INFO, Severity.WARN, Severity.ERROR, Severity.FATAL
    };

    private final ObjectNode line;
    private final LogRecord.Builder record = LogRecord.builder();

    private JsonLine(ObjectNode line) {
        this.line = line;
    }

    /** Null when the line is no JSON object. */
    static LogRecord.@Nullable Builder parse(String text) {
        String trimmed = text.trim();
        if (trimmed.length() < 2 || trimmed.charAt(0) != '{' || trimmed.charAt(trimmed.length() - 1) != '}') {
            return null;
        }
        try {
            JsonNode node = SidecarJson.mapper().readTree(trimmed);
            return node instanceof ObjectNode object ? new JsonLine(object).read() : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private LogRecord.Builder read() {
        Map<String, Object> whole = PlainValues.map(line);
        level();
        time();
        record.scope(takeText(LOGGER)).traceId(takeText(TRACE)).spanId(takeText(SPAN));
        JsonNode message = take(MESSAGE);
        String thread = takeText(THREAD);
        Throwable thrown = error();
        take("ecs.version");
        Map<String, Object> attributes = PlainValues.map(line);
        if (thread != null) {
            attributes.put("thread.name", thread);
        }
        thrown.addTo(attributes);
        if (message != null) {
            record.body(PlainValues.of(message));
        } else if (thrown.message != null || thrown.stackTrace != null) {
            record.body(thrown.message != null ? thrown.message : thrown.stackTrace);
        } else {
            return LogRecord.builder().body(whole);
        }
        return record.attributes(attributes);
    }

    private void level() {
        for (String name : LEVEL) {
            JsonNode level = at(name);
            Severity severity = level == null ? null : severity(level);
            if (level != null && severity != null) {
                record.severity(severity).severityText(level.asString());
                remove(name);
                return;
            }
        }
    }

    /** Numbers are those of bunyan and pino: 10 for trace to 60 for fatal. */
    private static @Nullable Severity severity(JsonNode level) {
        if (level.isString()) {
            return Severity.ofWord(level.asString());
        }
        if (level.isIntegralNumber() && level.canConvertToInt() && level.asInt() >= 10 && level.asInt() < 70) {
            return TENS[level.asInt() / 10 - 1];
        }
        return null;
    }

    private void time() {
        for (String name : TIME) {
            JsonNode node = at(name);
            Instant time = node == null ? null : Timestamps.of(node);
            if (time != null) {
                record.timestamp(time);
                remove(name);
                return;
            }
        }
    }

    private record Throwable(@Nullable String type, @Nullable String message, @Nullable String stackTrace) {
        void addTo(Map<String, Object> attributes) {
            put(attributes, "exception.type", type);
            put(attributes, "exception.message", message);
            put(attributes, "exception.stacktrace", stackTrace);
        }

        private static void put(Map<String, Object> attributes, String name, @Nullable String value) {
            if (value != null) {
                attributes.put(name, value);
            }
        }
    }

    private Throwable error() {
        for (String name : ERROR) {
            JsonNode node = at(name);
            if (node instanceof ObjectNode object) {
                JsonLine inner = new JsonLine(object);
                Throwable thrown = new Throwable(
                        inner.takeText(ERROR_TYPE), inner.takeText("message"), inner.takeText(ERROR_STACK));
                if (object.isEmpty()) {
                    remove(name);
                }
                return thrown;
            }
        }
        String type = takeText("error.type");
        String message = takeText("error.message");
        String stackTrace = takeText(STACK);
        JsonNode text = at("exception");
        if (stackTrace == null
                && text != null
                && text.isString()
                && text.asString().indexOf('\n') > 0) {
            stackTrace = takeText("exception");
        }
        return new Throwable(type, message, stackTrace);
    }

    private @Nullable String takeText(String... names) {
        for (String name : names) {
            JsonNode node = at(name);
            if (node != null && node.isString()) {
                remove(name);
                return node.asString();
            }
        }
        return null;
    }

    private @Nullable JsonNode take(String... names) {
        for (String name : names) {
            JsonNode node = at(name);
            if (node != null && !node.isNull()) {
                remove(name);
                return node;
            }
        }
        return null;
    }

    /** By its whole name, or along the dots of it. */
    private @Nullable JsonNode at(String name) {
        JsonNode node = line.get(name);
        int dot = name.indexOf('.');
        if (node == null && dot > 0 && line.get(name.substring(0, dot)) instanceof ObjectNode inner) {
            return new JsonLine(inner).at(name.substring(dot + 1));
        }
        return node;
    }

    private void remove(String name) {
        int dot = name.indexOf('.');
        if (line.remove(name) == null && dot > 0 && line.get(name.substring(0, dot)) instanceof ObjectNode inner) {
            new JsonLine(inner).remove(name.substring(dot + 1));
            if (inner.isEmpty()) {
                line.remove(name.substring(0, dot));
            }
        }
    }
}
