package dev.sidecar.discovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The live rows this process knows of, by service, and the index of each list. In memory; thread-safe. */
final class ServiceTable {

    private final Map<String, Rows> services = new HashMap<>();
    private long index;
    private long indexOfEmpty;

    /** Begins at the time of day, so that no index comes back after a restart. */
    ServiceTable(Instant now) {
        index = now.toEpochMilli();
        indexOfEmpty = index;
    }

    /** Returns whether a reader of the list would notice. */
    synchronized boolean put(RegistryRow row) {
        Rows rows = services.computeIfAbsent(row.instance().service(), s -> new Rows());
        RegistryRow before = rows.byInstance.put(row.instance().instance(), row);
        rows.list = null;
        boolean changed = before == null || !before.looksLike(row);
        if (changed) {
            rows.index = ++index;
        }
        return changed;
    }

    /** Returns whether it was there. */
    synchronized boolean remove(String service, String instance) {
        Rows rows = services.get(service);
        if (rows == null || rows.byInstance.remove(instance) == null) {
            return false;
        }
        rows.list = null;
        rows.index = ++index;
        if (rows.byInstance.isEmpty()) {
            // One index for all that have no instance: names that come and go must not pile up.
            services.remove(service);
            indexOfEmpty = index;
        }
        return true;
    }

    /** Removes the rows whose lease ended by then; returns their services. */
    synchronized Set<String> expire(long nowMs) {
        Set<String> changed = new HashSet<>();
        for (RegistryRow row : ended(nowMs)) {
            remove(row.instance().service(), row.instance().instance());
            changed.add(row.instance().service());
        }
        return changed;
    }

    private List<RegistryRow> ended(long nowMs) {
        List<RegistryRow> ended = new ArrayList<>();
        for (Rows rows : services.values()) {
            for (RegistryRow row : rows.byInstance.values()) {
                if (row.endsAtMs() <= nowMs) {
                    ended.add(row);
                }
            }
        }
        return ended;
    }

    synchronized ServiceInstances list(String service, @Nullable Instant staleSince) {
        Rows rows = services.get(service);
        return rows == null
                ? new ServiceInstances(service, indexOfEmpty, List.of(), staleSince)
                : new ServiceInstances(service, rows.index, rows.list(), staleSince);
    }

    synchronized Collection<String> services() {
        return new TreeSet<>(services.keySet());
    }

    synchronized List<RegistryRow> rows() {
        return services.values().stream()
                .flatMap(rows -> rows.byInstance.values().stream())
                .toList();
    }

    synchronized int size(String service) {
        Rows rows = services.get(service);
        return rows == null ? 0 : rows.byInstance.size();
    }

    private static final class Rows {
        private final TreeMap<String, RegistryRow> byInstance = new TreeMap<>();
        private long index;
        private @Nullable List<ServiceInstance> list;

        /** Kept until the next change: a balancer asks before every call. */
        List<ServiceInstance> list() {
            List<ServiceInstance> known = list;
            if (known == null) {
                known = byInstance.values().stream().map(RegistryRow::instance).toList();
                list = known;
            }
            return known;
        }
    }
}
