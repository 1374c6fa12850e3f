package dev.sidecar.autoconfigure.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * A Logback event as a record: message, logger, thread, MDC, key-value pairs, markers and the exception with all its
 * causes. Attribute names are those of OpenTelemetry's semantic conventions where it has one.
 */
final class LogbackRecords {

    private LogbackRecords() {}

    static LogRecord of(ILoggingEvent event) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("thread.name", event.getThreadName());
        TraceIds trace = TraceIds.takeFrom(event.getMDCPropertyMap(), attributes);
        addPairs(event.getKeyValuePairs(), attributes);
        addMarkers(event.getMarkerList(), attributes);
        addException(event.getThrowableProxy(), attributes);
        return LogRecord.builder()
                .timestamp(at(event))
                .severity(severity(event.getLevel()))
                .severityText(event.getLevel().toString())
                .body(event.getFormattedMessage())
                .attributes(attributes)
                .traceId(trace.traceId())
                .spanId(trace.spanId())
                .scope(event.getLoggerName())
                .source("slf4j")
                .build();
    }

    private static Instant at(ILoggingEvent event) {
        Instant instant = event.getInstant();
        return instant == null ? Instant.ofEpochMilli(event.getTimeStamp()) : instant;
    }

    private static Severity severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> Severity.ERROR;
            case Level.WARN_INT -> Severity.WARN;
            case Level.DEBUG_INT -> Severity.DEBUG;
            case Level.TRACE_INT -> Severity.TRACE;
            default -> Severity.INFO;
        };
    }

    private static void addPairs(@Nullable List<KeyValuePair> pairs, Map<String, Object> attributes) {
        if (pairs == null) {
            return;
        }
        for (KeyValuePair pair : pairs) {
            if (pair.key != null && pair.value != null) {
                attributes.put(pair.key, AttributeValue.of(pair.value));
            }
        }
    }

    private static void addMarkers(@Nullable List<Marker> markers, Map<String, Object> attributes) {
        if (markers != null && !markers.isEmpty()) {
            attributes.put(
                    "logback.marker", markers.stream().map(Marker::getName).toList());
        }
    }

    private static void addException(@Nullable IThrowableProxy exception, Map<String, Object> attributes) {
        if (exception == null) {
            return;
        }
        attributes.put("exception.type", exception.getClassName());
        if (exception.getMessage() != null) {
            attributes.put("exception.message", exception.getMessage());
        }
        attributes.put("exception.stacktrace", ThrowableProxyUtil.asString(exception));
    }
}
