package dev.sidecar.client.transport;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of the v1 API.
 *
 * @param target path and query, already encoded: see {@link Target}
 * @param accept the media type wanted
 * @param contentType of the body; null when there is none
 * @param headers others, by name
 * @param held how long the sidecar was asked to hold the answer back; added to the time allowed
 * @param repeatable whether sending it twice is the same as sending it once (RFC 9110, 9.2.2)
 */
public record Request(
        String method,
        String target,
        String accept,
        @Nullable String contentType,
        byte[] body,
        Map<String, String> headers,
        Duration held,
        boolean repeatable) {

    public static final String JSON = "application/json";

    private static final byte[] NOTHING = {};

    public static Request get(String target) {
        return new Request("GET", target, JSON, null, NOTHING, Map.of(), Duration.ZERO, true);
    }

    public static Request delete(String target) {
        return new Request("DELETE", target, JSON, null, NOTHING, Map.of(), Duration.ZERO, true);
    }

    public static Request put(String target, byte[] json) {
        return new Request("PUT", target, JSON, JSON, json, Map.of(), Duration.ZERO, true);
    }

    public static Request post(String target, byte[] json) {
        return new Request("POST", target, JSON, JSON, json, Map.of(), Duration.ZERO, false);
    }

    public Request accept(String mediaType) {
        return new Request(method, target, mediaType, contentType, body, headers, held, repeatable);
    }

    public Request with(Map<String, String> others) {
        return new Request(method, target, accept, contentType, body, others, held, repeatable);
    }

    public Request waiting(Duration time) {
        return new Request(method, target, accept, contentType, body, headers, time, repeatable);
    }

    /** The same, never sent again where it is not known whether it was taken. */
    public Request once() {
        return new Request(method, target, accept, contentType, body, headers, held, false);
    }

    /** For messages. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
