package dev.sidecar.logging;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Elastic Common Schema, one JSON object a line, nested as Spring Boot's {@code ecs} structured format nests it. What
 * the schema has no field for is under {@code labels} with the name it had.
 *
 * @see <a href="https://www.elastic.co/guide/en/ecs/current/ecs-field-reference.html">field reference</a>
 */
final class EcsFormat implements RecordFormat {

    static final String VERSION = "8.11";

    private static final int USUAL_LENGTH = 1024;

    /** Attributes that have a field of their own. */
    static final Set<String> FIELDS =
            Set.of("exception.type", "exception.message", "exception.stacktrace", "thread.name");

    private static final Set<String> RESOURCE_FIELDS = Set.of(
            Enrichment.SERVICE, Enrichment.INSTANCE, Enrichment.HOST, "service.version", "deployment.environment.name");

    private final Timestamp timestamp = new Timestamp();

    @Override
    public void append(LogRecord record, ByteArrayOutputStream out) {
        JsonLine json = new JsonLine(USUAL_LENGTH);
        append(record, json);
        json.appendTo(out);
    }

    /** The same into a buffer for many. */
    void append(LogRecord record, JsonLine json) {
        json.begin()
                .name("@timestamp")
                .one('"')
                .ascii(timestamp.text(record.timestamp()))
                .one('"');
        object(json, "log", "level", level(record), "logger", record.scope());
        message(json, record.body());
        Map<String, Object> resource = record.resource();
        service(json, resource);
        object(json, "host", "name", resource.get(Enrichment.HOST));
        object(json, "trace", "id", record.traceId());
        object(json, "span", "id", record.spanId());
        object(json, "event", "action", record.eventName(), "provider", record.source());
        rest(json, record);
        object(json, "ecs", "version", VERSION);
        json.end().one('\n');
    }

    private static String level(LogRecord record) {
        if (record.severity() == Severity.UNSPECIFIED) {
            return record.severityText() == null ? "INFO" : record.severityText();
        }
        return record.severity().name();
    }

    private static void message(JsonLine json, @Nullable Object body) {
        json.name("message");
        if (body instanceof Map || body instanceof Collection) {
            json.value(BodyText.of(body));
        } else {
            json.value(body == null ? "" : body.toString());
        }
    }

    private static void service(JsonLine json, Map<String, Object> resource) {
        json.name("service").begin();
        property(json, "name", resource.get(Enrichment.SERVICE));
        property(json, "version", resource.get("service.version"));
        property(json, "environment", resource.get("deployment.environment.name"));
        object(json, "node", "name", resource.get(Enrichment.INSTANCE));
        json.end();
    }

    private static void rest(JsonLine json, LogRecord record) {
        Map<String, Object> attributes = record.attributes();
        boolean fields = hasFields(attributes);
        if (fields) {
            fields(json, attributes);
        }
        labels(json, record.resource(), attributes, fields ? FIELDS : Set.of());
    }

    private static void fields(JsonLine json, Map<String, Object> attributes) {
        object(
                json,
                "error",
                "type",
                attributes.get("exception.type"),
                "message",
                attributes.get("exception.message"),
                "stack_trace",
                attributes.get("exception.stacktrace"));
        if (attributes.get("thread.name") != null) {
            json.name("process").begin();
            object(json, "thread", "name", attributes.get("thread.name"));
            json.end();
        }
    }

    private static boolean hasFields(Map<String, Object> attributes) {
        return !(attributes instanceof RecordAttributes flat) || flat.hasFields();
    }

    /** What is in both counts as an attribute. */
    private static void labels(
            JsonLine json, Map<String, Object> resource, Map<String, Object> attributes, Set<String> except) {
        Labels labels = new Labels(json);
        resource.forEach((name, value) -> {
            if (!RESOURCE_FIELDS.contains(name) && !attributes.containsKey(name)) {
                labels.add(name, value);
            }
        });
        if (attributes instanceof RecordAttributes flat && except.isEmpty()) {
            labels.addAll(flat);
        } else {
            attributes.forEach((name, value) -> {
                if (!except.contains(name)) {
                    labels.add(name, value);
                }
            });
        }
        labels.end();
    }

    /** The object of all that has no field, there only if it has something in it. */
    private static final class Labels {

        private final JsonLine json;
        private boolean begun;

        Labels(JsonLine json) {
            this.json = json;
        }

        private void begin() {
            if (!begun) {
                json.name("labels").begin();
                begun = true;
            }
        }

        void add(String name, Object value) {
            begin();
            json.name(name).value(value);
        }

        void addAll(RecordAttributes flat) {
            for (int i = 0; i < flat.size(); i++) {
                begin();
                json.quotedName(flat.key(i).quoted()).value(flat.value(i));
            }
        }

        void end() {
            if (begun) {
                json.end();
            }
        }
    }

    /** Names and values in turn; a null value is left out, and so is an object without any. */
    private static void object(JsonLine json, String name, @Nullable Object... properties) {
        boolean started = false;
        for (int i = 0; i < properties.length; i += 2) {
            if (properties[i + 1] != null) {
                if (!started) {
                    json.plainName(name).begin();
                    started = true;
                }
                property(json, String.valueOf(properties[i]), properties[i + 1]);
            }
        }
        if (started) {
            json.end();
        }
    }

    private static void property(JsonLine json, String name, @Nullable Object value) {
        if (value != null) {
            json.plainName(name).value(value.toString());
        }
    }
}
