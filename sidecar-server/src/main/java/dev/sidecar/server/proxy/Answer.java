package dev.sidecar.server.proxy;

import dev.sidecar.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer of our own. Immutable, may be given many times.
 *
 * @param status the HTTP status
 * @param reason why we answer instead of the upstream, a word of {@link Reasons}; null when that is as intended
 * @param fields header fields beside those of the content's length
 * @param body the content, not to be changed
 */
public record Answer(int status, @Nullable String reason, Map<String, String> fields, byte[] body) implements Decision {

    /** An answer as RFC 9457 has it, whose reason is the problem's code. */
    public static Answer of(Problem problem) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", "application/problem+json");
        fields.put("Sidecar-Reason", problem.code());
        if (problem.retryAfterSeconds() != null) {
            fields.put("Retry-After", problem.retryAfterSeconds().toString());
        }
        String body = "{\"type\":\"" + escaped(problem.type()) + "\",\"title\":\"" + escaped(problem.title())
                + "\",\"status\":"
                + problem.status() + ",\"code\":\"" + escaped(problem.code()) + "\",\"detail\":\""
                + escaped(problem.detail()) + "\"}";
        return new Answer(problem.status(), problem.code(), fields, body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer of(int status, String reason, String detail) {
        return of(Problem.of(status, reason, detail));
    }

    void writeTo(ByteBuf out, boolean withBody, boolean close) {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(HttpResponseStatus.valueOf(status).reasonPhrase())
                .append("\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 204 && status != 304) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append(close ? "Connection: close\r\n\r\n" : "\r\n");
        out.writeCharSequence(head, StandardCharsets.ISO_8859_1);
        if (withBody && status != 204 && status != 304) {
            out.writeBytes(body);
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
