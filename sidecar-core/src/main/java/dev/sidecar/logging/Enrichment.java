package dev.sidecar.logging;

import dev.sidecar.Identity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds who wrote a record to its resource; what is there already is kept. */
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
        Map<String, Object> resource = record.resource();
        if (resource.isEmpty()) {
            return record.toBuilder().resource(own).build();
        }
        Map<String, Object> merged = new LinkedHashMap<>(resource);
        own.forEach(merged::putIfAbsent);
        Object service = resource.get(SERVICE);
        if (service != null && !service.equals(own.get(SERVICE)) && !resource.containsKey(INSTANCE)) {
            // A record of another service that came by this sidecar is not of our instance.
            merged.remove(INSTANCE);
        }
        return merged.size() == resource.size()
                ? record
                : record.toBuilder().resource(merged).build();
    }
}
