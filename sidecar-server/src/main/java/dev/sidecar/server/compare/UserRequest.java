package dev.sidecar.server.compare;

import dev.sidecar.server.compare.probe.HttpLine;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a request file: {@code GET /orders} or {@code POST /orders {"sku":"tea"}}. Content is JSON.
 *
 * @param title the method and the path
 * @param bytes the whole request
 */
record UserRequest(String title, byte[] bytes) {

    private static final Pattern LINE = Pattern.compile("([A-Z]+)\\s+(/[\\x21-\\x7e]*)(?:\\s+(.*))?");

    /**
     * Throws {@link IllegalArgumentException} for a line that is no request.
     *
     * @param headers of every request
     */
    static UserRequest parse(String line, Map<String, String> headers) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "app.requests: '" + line + "' is not a request; write METHOD /path and, after a space, JSON");
        }
        String body = matcher.group(3);
        String method = matcher.group(1);
        String path = matcher.group(2);
        byte[] bytes = HttpLine.request(method, path, headers, body == null ? "" : body);
        return new UserRequest(method + " " + path, bytes);
    }
}
