package dev.sidecar.logging;

import dev.sidecar.Identity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds who wrote a record to its resource, where what is there already is kept, and drops ids that are none. */
final class Enrichment {

    static final String SERVICE = "service.name";
    static final String INSTANCE = "service.instance.id";
    static final String HOST = "host.name";

    private final Map<String, Object> own;

    Enrichment(Identity identity) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put(SERVICE, identity.name());
        resource.put(INSTANCE, identity.instance());
        resource.put(HOST, identity.host());
        own = Collections.unmodifiableMap(resource);
    }

    LogRecord enrich(LogRecord record) {
        return withIds(withResource(record));
    }

    /** Ids are lower-case hex of a known length, and not all zero, or they lead nowhere. */
    private static LogRecord withIds(LogRecord record) {
        String trace = id(record.traceId(), 32);
        String span = id(record.spanId(), 16);
        return Objects.equals(trace, record.traceId()) && Objects.equals(span, record.spanId())
                ? record
                : record.toBuilder().traceId(trace).spanId(span).build();
    }

    private static @Nullable String id(@Nullable String id, int length) {
        if (id == null || id.length() != length) {
            return null;
        }
        boolean zero = true;
        boolean lower = true;
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            boolean capital = c >= 'A' && c <= 'F';
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || capital)) {
                return null;
            }
            lower &= !capital;
            zero &= c == '0';
        }
        if (zero) {
            return null;
        }
        return lower ? id : id.toLowerCase(Locale.ROOT);
    }

    private LogRecord withResource(LogRecord record) {
        Map<String, Object> resource = record.resource();
        if (resource.isEmpty()) {
            return withResource(record, own);
        }
        Map<String, Object> merged = new LinkedHashMap<>(resource);
        own.forEach(merged::putIfAbsent);
        Object service = resource.get(SERVICE);
        if (service != null && !service.equals(own.get(SERVICE)) && !resource.containsKey(INSTANCE)) {
            // A record of another service that came by this sidecar is not of our instance.
            merged.remove(INSTANCE);
        }
        return merged.size() == resource.size() ? record : withResource(record, merged);
    }

    private static LogRecord withResource(LogRecord record, Map<String, Object> resource) {
        return new LogRecord(
                record.timestamp(),
                record.observedTimestamp(),
                record.severity(),
                record.severityNumber(),
                record.severityText(),
                record.body(),
                record.attributes(),
                record.traceId(),
                record.spanId(),
                record.traceFlags(),
                record.scope(),
                record.eventName(),
                resource,
                record.source());
    }
}
