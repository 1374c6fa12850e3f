package dev.sidecar.server.logging;

import dev.sidecar.Problem;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogReceipt;
import dev.sidecar.logging.Logs;
import dev.sidecar.server.api.EventStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /v1/logs}: OTLP/HTTP and NDJSON in, recent records and a stream of new ones out. */
@RestController
class LogsController {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    /** A body of this size needs many times as much memory while it is decoded, so they take turns. */
    private static final int LARGE = 256 << 10;

    private final Logs logs;
    private final RequestBody body;
    private final EventStreams streams;
    private final Semaphore large = new Semaphore(1);

    LogsController(Sidecar sidecar, RequestBody body, EventStreams streams) {
        this.logs = sidecar.logs();
        this.body = body;
        this.streams = streams;
    }

    @PostMapping("/v1/logs")
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type = mediaType(request.getContentType());
        switch (type) {
            case PROTOBUF -> protobuf(request, response);
            case JSON -> {
                LogReceipt receipt = decoded(body.read(request), bytes -> logs.write(OtlpJson.decode(bytes)));
                answer(response, JSON, OtlpAnswer.json(receipt));
            }
            case NDJSON -> ndjson(request, response);
            default ->
                throw new SidecarException(Problem.of(
                        415,
                        "unsupported-media-type",
                        "Content-Type: '" + type + "' is not read here; send OTLP as " + PROTOBUF + " or " + JSON
                                + ", or one record a line as " + NDJSON));
        }
    }

    /** A client of protobuf is answered in protobuf, refusals too: the protocol asks for it. */
    private void protobuf(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            LogReceipt receipt = decoded(body.read(request), bytes -> logs.write(OtlpProtobuf.decode(bytes)));
            answer(response, PROTOBUF, OtlpAnswer.protobuf(receipt));
        } catch (SidecarException e) {
            Problem problem = e.problem();
            response.setStatus(problem.status());
            if (problem.retryAfterSeconds() != null) {
                response.setHeader("Retry-After", String.valueOf(problem.retryAfterSeconds()));
            }
            answer(response, PROTOBUF, OtlpAnswer.status(problem.code() + ": " + problem.detail()));
        }
    }

    private void ndjson(HttpServletRequest request, HttpServletResponse response) throws IOException {
        NdjsonBatch batch = new NdjsonBatch(logs);
        LogReceipt receipt = decoded(body.read(request), batch::write);
        if (batch.isUnreadable()) {
            throw new SidecarException(rejected(receipt));
        }
        answer(response, JSON, SidecarJson.mapper().writeValueAsBytes(receipt));
    }

    private static Problem rejected(LogReceipt receipt) {
        LogReceipt.LineError first = receipt.errors().get(0);
        List<Map<String, Object>> errors = receipt.errors().stream()
                .map(error -> {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("line", error.line());
                    entry.put("detail", error.detail());
                    return entry;
                })
                .toList();
        return new Problem(
                400,
                "invalid-log-records",
                "No line is a log record",
                "none of " + receipt.rejected() + " lines is one; line " + first.line() + ": " + first.detail(),
                errors,
                null);
    }

    /** A step that turns a body into a receipt. */
    private interface Decoding {
        LogReceipt apply(byte[] bytes);
    }

    private LogReceipt decoded(byte[] bytes, Decoding decoding) {
        if (bytes.length < LARGE) {
            return decoding.apply(bytes);
        }
        large.acquireUninterruptibly();
        try {
            return decoding.apply(bytes);
        } finally {
            large.release();
        }
    }

    private static void answer(HttpServletResponse response, String type, byte[] content) throws IOException {
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static String mediaType(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType;
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    @GetMapping("/v1/logs")
    Object read(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String severity,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor) {
        LogQuery query = LogQueries.of(limit, severity, since, q);
        String accept = request.getHeader("Accept");
        boolean follow = accept != null && accept.contains("text/event-stream");
        return follow ? follow(query) : logs.page(query, cursor);
    }

    /** A reader's pace is its own: a bounded buffer is kept for each. */
    private SseEmitter follow(LogQuery query) {
        return streams.open(
                SseEmitter.event().comment("following"),
                to -> logs.follow(query, record -> to.send(SseEmitter.event().data(record))));
    }
}
