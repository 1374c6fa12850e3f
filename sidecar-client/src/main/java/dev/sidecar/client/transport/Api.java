package dev.sidecar.client.transport;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.json.SidecarJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values out of answers, and refusals as the exceptions that the local engines throw. Thread-safe. */
public final class Api {

    /** A newer sidecar may say more than this client knows. */
    private static final JsonMapper JSON = SidecarJson.mapper()
            .rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final TypeReference<List<Map<String, Object>>> ERRORS = new TypeReference<>() {};

    private final Transport transport;

    public Api(Transport transport) {
        this.transport = transport;
    }

    public Transport transport() {
        return transport;
    }

    /** The successful answer's body as a value. */
    public <T> T call(Request request, Class<T> type) {
        return read(request, call(request), type);
    }

    /** The successful answer's body as a value, in the way of this mapper. */
    public <T> T call(Request request, Class<T> type, JsonMapper mapper) {
        return read(request, call(request), type, mapper);
    }

    /** The successful answer. */
    public Response call(Request request) {
        return accepted(request, transport.exchange(request));
    }

    /** Deletes; false where the answer is a 404 with this code. */
    public boolean delete(String target, String unknown) {
        return delete(Request.delete(target), unknown);
    }

    /** Deletes; false where the answer is a 404 with this code. */
    public boolean delete(Request request, String unknown) {
        try {
            call(request);
            return true;
        } catch (SidecarException e) {
            if (e.problem().status() == 404 && e.code().equals(unknown)) {
                return false;
            }
            throw e;
        }
    }

    /** Turns an answer that is neither successful nor wanted all the same into an exception. */
    public static Response accepted(Request request, Response response, Predicate<Response> wanted) {
        if (response.successful() || wanted.test(response)) {
            return response;
        }
        throw refusal(request, response.status(), response.headers(), response.body());
    }

    public static Response accepted(Request request, Response response) {
        return accepted(request, response, r -> false);
    }

    public static <T> T read(Request request, Response response, Class<T> type) {
        return read(request, response, type, JSON);
    }

    private static <T> T read(Request request, Response response, Class<T> type, JsonMapper mapper) {
        try {
            return mapper.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw unexpected(request, response.status(), e.getOriginalMessage(), e);
        }
    }

    public static JsonNode tree(Request request, Response response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw unexpected(request, response.status(), e.getOriginalMessage(), e);
        }
    }

    public static byte[] bytes(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    public static JsonMapper json() {
        return JSON;
    }

    static SidecarException refusal(Request request, int status, Map<String, String> headers, byte[] body) {
        String type = headers.getOrDefault("content-type", "");
        if (type.startsWith("application/problem+json")) {
            try {
                Problem problem = problem(status, headers.get("retry-after"), JSON.readTree(body));
                return SidecarUnavailableException.CODE.equals(problem.code())
                        ? new SidecarUnavailableException(problem.detail(), null)
                        : new SidecarException(problem);
            } catch (JacksonException e) {
                return unexpected(request, status, e.getOriginalMessage(), e);
            }
        }
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
        return unexpected(request, status, text.replaceAll("\\s+", " "), null);
    }

    private static Problem problem(int status, @Nullable String retryAfter, JsonNode json) {
        List<Map<String, Object>> errors =
                json.path("errors").isArray() ? JSON.convertValue(json.get("errors"), ERRORS) : new ArrayList<>();
        Long seconds = retryAfter != null && retryAfter.matches("\\d{1,9}") ? Long.valueOf(retryAfter) : null;
        return new Problem(
                status,
                json.path("code").asString("unexpected-answer"),
                json.path("title").asString(""),
                json.path("detail").asString(""),
                errors,
                seconds);
    }

    private static SidecarException unexpected(
            Request request, int status, @Nullable String what, @Nullable Throwable cause) {
        return new SidecarException(
                Problem.of(502, "unexpected-answer", request + ": the sidecar answered " + status + ": " + what),
                cause);
    }
}
