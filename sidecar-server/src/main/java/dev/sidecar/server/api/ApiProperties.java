package dev.sidecar.server.api;

import dev.sidecar.server.PortNumber;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code sidecar.api.*}: the v1 API.
 *
 * @param port of the TCP listener; 0 for any free one
 * @param address the TCP listener is bound to
 * @param socket path of the Unix socket; by default {@code <home>/run/<name>.sock}
 * @param token asked of callers by TCP; generated when left out
 * @param maxBodySize of a request, as it is sent
 * @param maxHeaderSize of request line and headers together
 * @param hosts names that a {@code Host} header may have beside the loopback ones; {@code *} for any
 */
@ConfigurationProperties("sidecar.api")
public record ApiProperties(
        @DefaultValue("7300") int port,
        @DefaultValue("127.0.0.1") String address,
        @Nullable Path socket,
        @Nullable String token,
        @DefaultValue("4MB") DataSize maxBodySize,
        @DefaultValue("16KB") DataSize maxHeaderSize,
        @DefaultValue({}) List<String> hosts) {

    public ApiProperties {
        PortNumber.requireListening("sidecar.api.port", port);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ApiProperties[port=%d, address=%s, socket=%s, hosts=%s]".formatted(port, address, socket, hosts);
    }
}
