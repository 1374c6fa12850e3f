package dev.sidecar.client.health;

import dev.sidecar.health.CheckState;
import dev.sidecar.health.HealthReport;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on the reports in which a status is not what it was. For one thread. */
final class Changes implements Consumer<HealthReport> {

    private final Consumer<HealthReport> listener;
    private @Nullable Map<String, Object> told;

    Changes(Consumer<HealthReport> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(HealthReport report) {
        Map<String, Object> statuses = statuses(report);
        if (!statuses.equals(told)) {
            told = statuses;
            listener.accept(report);
        }
    }

    private static Map<String, Object> statuses(HealthReport report) {
        Map<String, Object> statuses = new HashMap<>();
        for (CheckState check : report.checks()) {
            statuses.put("check " + check.name(), check.status());
        }
        statuses.put("status", report.status());
        statuses.put("maintenance", report.maintenance().enabled());
        return statuses;
    }
}
