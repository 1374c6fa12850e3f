package dev.sidecar.logging;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Elastic Common Schema, one JSON object a line, nested as Spring Boot's {@code ecs} structured format nests it. What
 * the schema has no field for is under {@code labels} with the name it had.
 *
 * @see <a href="https://www.elastic.co/guide/en/ecs/current/ecs-field-reference.html">field reference</a>
 */
final class EcsFormat implements RecordFormat {

    static final String VERSION = "8.11";

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /** Attributes that have a field of their own. */
    private static final Set<String> FIELDS =
            Set.of("exception.type", "exception.message", "exception.stacktrace", "thread.name");

    private static final Set<String> RESOURCE_FIELDS = Set.of(
            Enrichment.SERVICE, Enrichment.INSTANCE, Enrichment.HOST, "service.version", "deployment.environment.name");

    @Override
    public void append(LogRecord record, ByteArrayOutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("@timestamp", record.timestamp().toString());
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
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static String level(LogRecord record) {
        if (record.severity() == Severity.UNSPECIFIED) {
            return record.severityText() == null ? "INFO" : record.severityText();
        }
        return record.severity().name();
    }

    private static void message(JsonGenerator json, @Nullable Object body) {
        json.writeName("message");
        if (body instanceof Map || body instanceof Collection) {
            json.writeString(BodyText.of(body));
        } else {
            json.writeString(body == null ? "" : body.toString());
        }
    }

    private static void service(JsonGenerator json, Map<String, Object> resource) {
        json.writeObjectPropertyStart("service");
        property(json, "name", resource.get(Enrichment.SERVICE));
        property(json, "version", resource.get("service.version"));
        property(json, "environment", resource.get("deployment.environment.name"));
        object(json, "node", "name", resource.get(Enrichment.INSTANCE));
        json.writeEndObject();
    }

    private static void rest(JsonGenerator json, LogRecord record) {
        Map<String, Object> attributes = record.attributes();
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
            json.writeObjectPropertyStart("process");
            object(json, "thread", "name", attributes.get("thread.name"));
            json.writeEndObject();
        }
        Map<String, Object> labels = new LinkedHashMap<>();
        collect(record.resource(), RESOURCE_FIELDS, labels);
        collect(attributes, FIELDS, labels);
        if (!labels.isEmpty()) {
            json.writeName("labels");
            JsonValues.write(json, labels);
        }
    }

    private static void collect(Map<String, Object> from, Set<String> except, Map<String, Object> labels) {
        from.forEach((name, value) -> {
            if (!except.contains(name)) {
                labels.put(name, value);
            }
        });
    }

    /** Names and values in turn; a null value is left out, and so is an object without any. */
    private static void object(JsonGenerator json, String name, @Nullable Object... properties) {
        boolean started = false;
        for (int i = 0; i < properties.length; i += 2) {
            if (properties[i + 1] != null) {
                if (!started) {
                    json.writeObjectPropertyStart(name);
                    started = true;
                }
                property(json, String.valueOf(properties[i]), properties[i + 1]);
            }
        }
        if (started) {
            json.writeEndObject();
        }
    }

    private static void property(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }
}
