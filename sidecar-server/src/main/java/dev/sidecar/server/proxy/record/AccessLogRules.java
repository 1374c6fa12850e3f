package dev.sidecar.server.proxy.record;

import dev.sidecar.resilience.Percent;
import dev.sidecar.server.proxy.Exchange;
import java.util.List;
import java.util.Map;

/**
 * Which requests are recorded, and what of them. One that failed always is.
 *
 * @param share of the others
 * @param byRoute the same for one route
 * @param headers of the request that are recorded; what may be a secret only as {@code ***}
 */
public record AccessLogRules(Percent share, Map<String, Percent> byRoute, List<String> headers) {

    /** Everything, and no header. */
    public static final AccessLogRules ALL = new AccessLogRules(Percent.of(100), Map.of(), List.of());

    private static final double SCALE = 0x1.0p-53;

    // By the trace, so that all sidecars that a request passes keep the same ones.
    boolean takes(Exchange exchange, String route) {
        double fraction = byRoute.getOrDefault(route, share).fraction();
        if (fraction >= 1) {
            return true;
        }
        String trace = exchange.trace().traceId();
        return (Long.parseUnsignedLong(trace, 16, 32, 16) >>> 11) * SCALE < fraction;
    }
}
