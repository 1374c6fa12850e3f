package dev.sidecar.logging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One log record, in OpenTelemetry's log data model. Immutable; values of maps and the body are strings, numbers,
 * booleans, lists and maps of these.
 *
 * @param timestamp when it happened
 * @param observedTimestamp when it was first seen by us
 * @param severity the range of {@code severityNumber}
 * @param severityNumber 0 to 24
 * @param severityText the source's own word for it
 * @param body the message, or a structure
 * @param attributes of this record; exceptions as {@code exception.type}, {@code .message}, {@code .stacktrace}
 * @param traceId 32 lower-case hex digits
 * @param spanId 16 lower-case hex digits
 * @param scope the logger's name
 * @param eventName for records that are events
 * @param resource who wrote it: {@code service.name}, {@code service.instance.id}, {@code host.name}, …
 * @param source what it came in by: {@code slf4j}, {@code stdout}, {@code stderr}, {@code api}, {@code sidecar};
 *     order is kept within one
 */
public record LogRecord(
        Instant timestamp,
        Instant observedTimestamp,
        Severity severity,
        int severityNumber,
        @Nullable String severityText,
        @Nullable Object body,
        Map<String, Object> attributes,
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable Integer traceFlags,
        @Nullable String scope,
        @Nullable String eventName,
        Map<String, Object> resource,
        String source) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects the parts of a record; not thread-safe. Times default to now, the severity to INFO. */
    public static final class Builder {

        private @Nullable Instant timestamp;
        private @Nullable Instant observedTimestamp;
        private int severityNumber = Severity.INFO.number();
        private @Nullable String severityText;
        private @Nullable Object body;
        private Map<String, Object> attributes = Map.of();
        private @Nullable String traceId;
        private @Nullable String spanId;
        private @Nullable Integer traceFlags;
        private @Nullable String scope;
        private @Nullable String eventName;
        private Map<String, Object> resource = Map.of();
        private String source = "app";

        private Builder() {}

        private Builder(LogRecord record) {
            timestamp = record.timestamp;
            observedTimestamp = record.observedTimestamp;
            severityNumber = record.severityNumber;
            severityText = record.severityText;
            body = record.body;
            attributes = record.attributes;
            traceId = record.traceId;
            spanId = record.spanId;
            traceFlags = record.traceFlags;
            scope = record.scope;
            eventName = record.eventName;
            resource = record.resource;
            source = record.source;
        }

        public Builder timestamp(Instant value) {
            timestamp = value;
            return this;
        }

        public Builder observedTimestamp(Instant value) {
            observedTimestamp = value;
            return this;
        }

        public Builder severity(Severity value) {
            severityNumber = value.number();
            return this;
        }

        public Builder severityNumber(int value) {
            severityNumber = value;
            return this;
        }

        public Builder severityText(@Nullable String value) {
            severityText = value;
            return this;
        }

        public Builder body(@Nullable Object value) {
            body = value;
            return this;
        }

        /** Kept as it is: hand over a map that nobody changes any more. */
        public Builder attributes(Map<String, Object> value) {
            attributes = value;
            return this;
        }

        public Builder traceId(@Nullable String value) {
            traceId = value;
            return this;
        }

        public Builder spanId(@Nullable String value) {
            spanId = value;
            return this;
        }

        public Builder traceFlags(@Nullable Integer value) {
            traceFlags = value;
            return this;
        }

        public Builder scope(@Nullable String value) {
            scope = value;
            return this;
        }

        public Builder eventName(@Nullable String value) {
            eventName = value;
            return this;
        }

        /** Kept as it is: hand over a map that nobody changes any more. */
        public Builder resource(Map<String, Object> value) {
            resource = value;
            return this;
        }

        public Builder source(String value) {
            source = value;
            return this;
        }

        public LogRecord build() {
            Instant observed = observedTimestamp == null ? Instant.now() : observedTimestamp;
            return new LogRecord(
                    timestamp == null ? observed : timestamp,
                    observed,
                    Severity.ofNumber(severityNumber),
                    severityNumber,
                    severityText,
                    body,
                    attributes,
                    traceId,
                    spanId,
                    traceFlags,
                    scope,
                    eventName,
                    resource,
                    source);
        }
    }
}
