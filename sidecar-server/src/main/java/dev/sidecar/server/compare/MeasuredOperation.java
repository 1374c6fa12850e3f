package dev.sidecar.server.compare;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call that is timed.
 *
 * @param id stable, for programs
 * @param perSecond the rate at which latency is measured
 * @param request how an outside program asks the sidecar the same
 * @param question the same, for clients in other languages; null where there is no such call
 */
record MeasuredOperation(String id, String title, double perSecond, String request, @Nullable Question question) {

    /**
     * An HTTP request.
     *
     * @param target {@code api} or {@code ambassador}
     */
    record Question(
            String id, String target, String method, String path, @Nullable String contentType, @Nullable String body) {

        static Question api(String id, String method, String path) {
            return new Question(id, "api", method, path, null, null);
        }

        Question with(String type, String content) {
            return new Question(id, target, method, path, type, content);
        }
    }

    private static final String RECORD =
            "{\"severity\":\"INFO\",\"body\":\"order 4711 paid\",\"attributes\":{\"amount\":12,\"currency\":\"EUR\"}}\n";

    static final List<MeasuredOperation> FEATURES = List.of(
            new MeasuredOperation("log", "log, fire and forget", 500, "Logs.log: queued, sent in batches", null),
            new MeasuredOperation(
                    "log-acknowledged",
                    "log, acknowledged",
                    200,
                    "POST /v1/logs, one NDJSON record",
                    Question.api("log-acknowledged", "POST", "/v1/logs").with("application/x-ndjson", RECORD)),
            asked("lookup", "lookup", 500, "GET", "/v1/services/neighbour"),
            asked("health", "health", 500, "GET", "/v1/health/live"),
            asked("config-read", "config read", 500, "GET", "/v1/config/compare.greeting"),
            new MeasuredOperation(
                    "config-write",
                    "config write",
                    50,
                    "PUT /v1/config/compare.greeting",
                    Question.api("config-write", "PUT", "/v1/config/compare.greeting")
                            .with("application/json", "\"hello\"")),
            asked("heartbeat", "heartbeat", 200, "PUT", "/v1/watchdog/heartbeat"),
            new MeasuredOperation(
                    "call",
                    "call to a neighbour",
                    500,
                    "GET /neighbour/item on the ambassador's port",
                    new Question("call", "ambassador", "GET", "/neighbour/item", null, null)));

    /** The same by a plain socket, without the client library. */
    static final List<MeasuredOperation> WIRE = List.of(
            wire("wire-lookup", "lookup, plain socket", 500, "GET /v1/services/neighbour"),
            wire("wire-health", "health, plain socket", 500, "GET /v1/health/live"),
            wire("wire-config-read", "config read, plain socket", 500, "GET /v1/config/compare.greeting"),
            wire("wire-log-acknowledged", "log, plain socket", 200, "POST /v1/logs, one NDJSON record"));

    private static MeasuredOperation asked(String id, String title, double perSecond, String method, String path) {
        return new MeasuredOperation(id, title, perSecond, method + " " + path, Question.api(id, method, path));
    }

    private static MeasuredOperation wire(String id, String title, double perSecond, String request) {
        return new MeasuredOperation(id, title, perSecond, request, null);
    }

    /** Those that a client in any language can make. */
    static List<MeasuredOperation> overHttp() {
        return FEATURES.stream().filter(one -> one.question() != null).toList();
    }

    Question asked() {
        return Objects.requireNonNull(question);
    }
}
