package dev.sidecar.client.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param headers by name in lower case; of several with one name, the last
 */
public record Response(int status, Map<String, String> headers, byte[] body) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }
}
