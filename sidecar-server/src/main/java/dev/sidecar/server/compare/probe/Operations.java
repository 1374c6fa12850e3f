package dev.sidecar.server.compare.probe;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.config.ConfigCondition;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.logging.LogRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** What is timed, by the ids that the report knows. */
final class Operations {

    private static final String KEY = "compare.greeting";

    private Operations() {}

    /** Without a sidecar only those an application can do alone. */
    static Map<String, Operation> of(Setting setting, @Nullable Sidecar sidecar) throws IOException {
        Map<String, Operation> operations = new LinkedHashMap<>();
        if (setting.neighbour() > 0) {
            operations.put("call", call(setting, sidecar));
        }
        if (sidecar == null) {
            return operations;
        }
        operations.put("log", () -> sidecar.logs().log(record()));
        operations.put("log-acknowledged", () -> sidecar.logs().write(List.of(record())));
        operations.put("lookup", () -> sidecar.discovery().instances(Deliveries.NEIGHBOUR));
        operations.put("health", () -> sidecar.health().report(HealthGroup.LIVE));
        sidecar.config().put(KEY, StringNode.valueOf("hello"), ConfigCondition.any());
        operations.put("config-read", () -> sidecar.config().get(KEY));
        operations.put(
                "config-write", () -> sidecar.config().put(KEY, StringNode.valueOf("hello"), ConfigCondition.any()));
        operations.put("heartbeat", () -> sidecar.watchdog().heartbeat(null));
        operations.putAll(wire(setting));
        return operations;
    }

    /** A record such as applications write: a sentence and two attributes. */
    private static LogRecord record() {
        return LogRecord.builder()
                .body("order 4711 paid")
                .attributes(Map.of("amount", 12, "currency", "EUR"))
                .build();
    }

    /** By the policies in this process, through the ambassador, or straight: the same HTTP client each time. */
    private static Operation call(Setting setting, @Nullable Sidecar sidecar) throws IOException {
        if (sidecar instanceof LocalSidecar library) {
            return new ResilientCall(library.resilience());
        }
        boolean straight = setting.ambassador() == 0;
        HttpLine line = HttpLine.tcp(straight ? setting.neighbour() : setting.ambassador());
        byte[] request = HttpLine.get(straight ? "/item" : "/neighbour/item", null);
        return () -> HttpLine.require2xx(line.exchange(request));
    }

    /** The same questions by a plain socket: what is left when the client library is taken away. */
    private static Map<String, Operation> wire(Setting setting) throws IOException {
        String endpoint = setting.endpoint();
        if (endpoint == null) {
            return Map.of();
        }
        HttpLine line = HttpLine.to(endpoint);
        byte[] lookup = HttpLine.get("/v1/services/" + Deliveries.NEIGHBOUR, setting.token());
        byte[] live = HttpLine.get("/v1/health/live", setting.token());
        byte[] log = HttpLine.post(
                "/v1/logs",
                setting.token(),
                "application/x-ndjson",
                "{\"severity\":\"INFO\",\"body\":\"order 4711 paid\",\"attributes\":{\"amount\":12,\"currency\":\"EUR\"}}\n");
        byte[] read = HttpLine.get("/v1/config/" + KEY, setting.token());
        return Map.of(
                "wire-lookup", () -> HttpLine.require2xx(line.exchange(lookup)),
                "wire-health", () -> HttpLine.require2xx(line.exchange(live)),
                "wire-config-read", () -> HttpLine.require2xx(line.exchange(read)),
                "wire-log-acknowledged", () -> HttpLine.require2xx(line.exchange(log)));
    }
}
