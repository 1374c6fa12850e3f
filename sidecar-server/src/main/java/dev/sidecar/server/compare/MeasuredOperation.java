package dev.sidecar.server.compare;

import java.util.List;

/**
 * One call that is timed.
 *
 * @param id stable, for programs
 * @param perSecond the rate at which latency is measured
 * @param request how an outside program asks the sidecar the same
 */
record MeasuredOperation(String id, String title, double perSecond, String request) {

    static final List<MeasuredOperation> FEATURES = List.of(
            new MeasuredOperation("log", "log, fire and forget", 500, "Logs.log: queued, sent in batches"),
            new MeasuredOperation("log-acknowledged", "log, acknowledged", 200, "POST /v1/logs, one NDJSON record"),
            new MeasuredOperation("lookup", "lookup", 1000, "GET /v1/services/neighbour"),
            new MeasuredOperation("health", "health", 500, "GET /v1/health/live"),
            new MeasuredOperation("config-read", "config read", 1000, "GET /v1/config/compare.greeting"),
            new MeasuredOperation("config-write", "config write", 50, "PUT /v1/config/compare.greeting"),
            new MeasuredOperation("heartbeat", "heartbeat", 200, "PUT /v1/watchdog/heartbeat"),
            new MeasuredOperation("call", "call to a neighbour", 500, "GET /neighbour/item on the ambassador's port"));

    /** The same by a plain socket, without the client library. */
    static final List<MeasuredOperation> WIRE = List.of(
            new MeasuredOperation("wire-lookup", "lookup, plain socket", 1000, "GET /v1/services/neighbour"),
            new MeasuredOperation("wire-health", "health, plain socket", 500, "GET /v1/health/live"),
            new MeasuredOperation(
                    "wire-config-read", "config read, plain socket", 1000, "GET /v1/config/compare.greeting"),
            new MeasuredOperation(
                    "wire-log-acknowledged", "log, plain socket", 200, "POST /v1/logs, one NDJSON record"));
}
