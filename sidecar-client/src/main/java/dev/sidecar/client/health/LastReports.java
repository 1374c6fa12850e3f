package dev.sidecar.client.health;

import dev.sidecar.client.transport.Availability;
import dev.sidecar.health.HealthReport;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.health.Maintenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The reports that were read last, for when the sidecar is away: DEGRADED at best. Thread-safe. */
final class LastReports {

    private static final HealthReport NOTHING_KNOWN =
            new HealthReport(HealthStatus.UP, List.of(), Maintenance.OFF, null);

    private final Availability availability;
    private final Map<String, HealthReport> byPath = new ConcurrentHashMap<>();

    LastReports(Availability availability) {
        this.availability = availability;
    }

    HealthReport keep(String path, HealthReport report) {
        byPath.put(path, report);
        return report;
    }

    HealthReport get(String path) {
        HealthReport last = byPath.getOrDefault(path, NOTHING_KNOWN);
        Instant since = availability.since();
        return new HealthReport(
                last.status().worse(HealthStatus.DEGRADED),
                last.checks(),
                last.maintenance(),
                since == null ? Instant.now() : since);
    }
}
