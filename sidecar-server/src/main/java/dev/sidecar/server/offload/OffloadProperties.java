package dev.sidecar.server.offload;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * {@code sidecar.offload.*}.
 *
 * @param port Where clients of the application connect; off when not given, 0 for any.
 * @param address What it listens on; 0.0.0.0 for every network of this machine.
 * @param app Where the application is; by default sidecar.app.address and sidecar.app.port, or port 3000.
 * @param roots Directories whose files are served.
 * @param compression Of what is worth it.
 * @param timeout In which the application must begin to answer.
 * @param maxHeaderSize Largest head of a request.
 * @param maxBodySize Largest content of a request; no limit by default.
 * @param headerTimeout In which the head of a request must have come.
 * @param idleTimeout How long a connection may wait for the next request.
 * @param stallTimeout In which a client must send at least 1 KB of a request's content, or take any of an answer.
 * @param drain How long running requests may take to finish before the application is told to end.
 * @param trustedProxies Addresses and networks, such as 10.0.0.0/8, whose X-Forwarded fields are passed on.
 * @param accessLog Whether each request is one log record.
 */
@ConfigurationProperties("sidecar.offload")
public record OffloadProperties(
        @Nullable Integer port,
        @DefaultValue("127.0.0.1") String address,
        @Nullable URI app,
        @Name("static") @DefaultValue List<StaticProperties> roots,
        @DefaultValue CompressionProperties compression,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("32KB") DataSize maxHeaderSize,
        @Nullable DataSize maxBodySize,
        @DefaultValue("10s") Duration headerTimeout,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("30s") Duration stallTimeout,
        @DefaultValue("10s") Duration drain,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue AccessLogProperties accessLog) {

    /**
     * {@code static[].*}.
     *
     * @param path The part of the URL space, such as /assets.
     * @param root The directory that it shows.
     * @param index The file that stands for a directory.
     * @param fallback The file that stands for a page that is not there, as single-page applications want it.
     * @param cache Cache-Control by file; the first match counts, no-cache where none does.
     */
    public record StaticProperties(
            String path,
            Path root,
            @DefaultValue("index.html") String index,
            @Nullable String fallback,
            @DefaultValue List<CacheProperties> cache) {}

    /**
     * {@code static[].cache[].*}.
     *
     * @param match The name of files, such as *.css, or their path below the root, such as img/**.
     * @param value Their Cache-Control.
     */
    public record CacheProperties(String match, String value) {}

    /**
     * {@code compression.*}.
     *
     * @param enabled Whether answers are compressed for clients that take them so.
     */
    public record CompressionProperties(@DefaultValue("true") boolean enabled) {}

    /**
     * {@code access-log.*}.
     *
     * @param enabled Whether each request is one log record.
     */
    public record AccessLogProperties(@DefaultValue("true") boolean enabled) {}
}
