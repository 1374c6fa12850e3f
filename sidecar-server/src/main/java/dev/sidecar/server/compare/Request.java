package dev.sidecar.server.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asked for.
 *
 * @param out where the report goes
 * @param baseline an earlier report
 * @param labels for checks of the report itself: which way is really taken where one is asked for
 */
public record Request(
        Path out,
        Depth depth,
        @Nullable Path profile,
        @Nullable Path baseline,
        @Nullable Double failOverPercent,
        List<String> appJvmOptions,
        Map<String, String> situation,
        Map<String, String> labels) {

    /** How long it may take. */
    public enum Depth {
        QUICK,
        STANDARD,
        THOROUGH
    }

    Plan plan() {
        return switch (depth) {
            case QUICK -> Plan.QUICK;
            case STANDARD -> Plan.STANDARD;
            case THOROUGH -> Plan.THOROUGH;
        };
    }
}
