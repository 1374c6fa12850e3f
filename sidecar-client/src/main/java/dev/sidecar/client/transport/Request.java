package dev.sidecar.client.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request of the v1 API.
 *
 * @param target path and query, already encoded: see {@link Target}
 * @param accept the media type wanted
 * @param contentType of the body; null when there is none
 * @param held how long the sidecar was asked to hold the answer back; added to the time allowed
 */
public record Request(
        String method, String target, String accept, @Nullable String contentType, byte[] body, Duration held) {

    public static final String JSON = "application/json";

    private static final byte[] NOTHING = {};

    public static Request get(String target) {
        return new Request("GET", target, JSON, null, NOTHING, Duration.ZERO);
    }

    public static Request delete(String target) {
        return new Request("DELETE", target, JSON, null, NOTHING, Duration.ZERO);
    }

    public static Request put(String target, byte[] json) {
        return new Request("PUT", target, JSON, JSON, json, Duration.ZERO);
    }

    public static Request post(String target, byte[] json) {
        return new Request("POST", target, JSON, JSON, json, Duration.ZERO);
    }

    public Request accept(String mediaType) {
        return new Request(method, target, mediaType, contentType, body, held);
    }

    public Request waiting(Duration time) {
        return new Request(method, target, accept, contentType, body, time);
    }

    /** Whether sending it twice is the same as sending it once (RFC 9110, 9.2.2). */
    boolean idempotent() {
        return !"POST".equals(method);
    }

    /** For messages. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
