package dev.sidecar.server.problem;

import dev.sidecar.Problem;
import dev.sidecar.json.SidecarJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one way a problem is written, so that every refusal looks the same (RFC 9457). */
public final class ProblemResponse {

    public static final String MEDIA_TYPE = "application/problem+json";

    private record Body(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @Nullable String instance,
            @Nullable Object currentVersion,
            @Nullable List<Map<String, Object>> errors) {}

    private ProblemResponse() {}

    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        write(response, problem, null);
    }

    /**
     * Writes the problem as the whole answer.
     *
     * @param instance a URI of this very occurrence
     */
    static void write(HttpServletResponse response, Problem problem, @Nullable String instance) throws IOException {
        response.setStatus(problem.status());
        if (problem.status() == 401) {
            response.setHeader(
                    "WWW-Authenticate",
                    problem.code().equals("token-wrong")
                            ? "Bearer realm=\"sidecar\", error=\"invalid_token\""
                            : "Bearer realm=\"sidecar\"");
        }
        if (problem.retryAfterSeconds() != null) {
            response.setHeader("Retry-After", String.valueOf(problem.retryAfterSeconds()));
        }
        Object currentVersion = currentVersion(problem);
        if (currentVersion != null && !currentVersion.equals(0L)) {
            response.setHeader("ETag", "\"" + currentVersion + "\"");
        }
        byte[] body = SidecarJson.mapper()
                .writeValueAsBytes(new Body(
                        problem.type(),
                        problem.title(),
                        problem.status(),
                        problem.detail(),
                        problem.code(),
                        instance,
                        currentVersion,
                        problem.errors().isEmpty() ? null : problem.errors()));
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** What a refused condition (412) was compared with. */
    private static @Nullable Object currentVersion(Problem problem) {
        return problem.status() == 412 && !problem.errors().isEmpty()
                ? problem.errors().get(0).get("currentVersion")
                : null;
    }
}
