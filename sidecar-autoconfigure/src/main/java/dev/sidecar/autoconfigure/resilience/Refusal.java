package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.Problem;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The answer when there is none to pass on: the same status, header and problem as the ambassador's. */
record Refusal(Reason reason, HttpHeaders headers, byte[] body) {

    static final String REASON_HEADER = "Sidecar-Reason";

    static Refusal of(Call call) {
        Reason reason = call.refusal() == null ? Reason.UPSTREAM_RESET : call.refusal();
        String service = call.upstream().name();
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", Problem.type(reason.code()));
        problem.put("title", reason.title());
        problem.put("status", reason.status());
        problem.put("code", reason.code());
        problem.put("detail", service + ": " + reason.title() + " (tries: " + call.tries() + ")");
        byte[] body = SidecarJson.mapper().writeValueAsBytes(problem);
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        headers.setContentLength(body.length);
        headers.set(REASON_HEADER, reason.code());
        if (reason.status() == 503 || reason.status() == 429) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(call.retryAfterSeconds()));
        }
        return new Refusal(reason, headers, body);
    }
}
