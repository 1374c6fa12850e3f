package dev.sidecar.server.offload;

import dev.sidecar.server.PortNumber;
import dev.sidecar.server.proxy.tls.ClientTlsProperties;
import dev.sidecar.server.proxy.tls.KeyPairFiles;
import dev.sidecar.server.proxy.tls.ServerTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * {@code sidecar.offload.*}.
 *
 * @param port Where clients of the application connect; off when not given, 0 for any.
 * @param address What it listens on; 0.0.0.0 for every network of this machine.
 * @param app Where the application is; by default sidecar.app.address and sidecar.app.port, or port 3000.
 * @param appTls How it is spoken to where its URL begins with https.
 * @param appHttp2 Whether it speaks HTTP/2: with TLS as ALPN agrees, else by prior knowledge.
 * @param roots Directories whose files are served.
 * @param compression Of what is worth it.
 * @param cache Where the application's answers are kept that say how long they may be used.
 * @param tls How clients speak TLS with it; plain text without.
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
        @NestedConfigurationProperty @Nullable ClientTlsProperties appTls,
        @DefaultValue("false") boolean appHttp2,
        @Name("static") @DefaultValue List<StaticProperties> roots,
        @DefaultValue CompressionProperties compression,
        @DefaultValue AnswerCacheProperties cache,
        @Nullable TlsProperties tls,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("32KB") DataSize maxHeaderSize,
        @Nullable DataSize maxBodySize,
        @DefaultValue("10s") Duration headerTimeout,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("30s") Duration stallTimeout,
        @DefaultValue("10s") Duration drain,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue AccessLogProperties accessLog) {

    public OffloadProperties {
        PortNumber.requireListening("sidecar.offload.port", port);
    }

    /**
     * Looks at everything without serving anything.
     *
     * @throws IllegalArgumentException naming what is wrong, without {@code sidecar.offload.}
     */
    public void check() {
        Offload.check(this);
    }

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
     * {@code cache.*}.
     *
     * @param maxSize Memory for answers; none is kept when not given.
     */
    public record AnswerCacheProperties(@Nullable DataSize maxSize) {}

    /** What a client's certificate is to the proxy. */
    public enum ClientAuth {
        OPTIONAL,
        REQUIRED
    }

    /**
     * {@code tls.*}.
     *
     * @param certificate PEM file with the certificate and those it was issued by.
     * @param key PEM file with its private key.
     * @param keyPassword Password of the key.
     * @param sni More certificates, chosen by the name the client asks for.
     * @param clientCa PEM file with the certificates by which those of clients are issued.
     * @param clientAuth Whether a client must have one, where client-ca is given.
     */
    public record TlsProperties(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable String keyPassword,
            @DefaultValue List<SniProperties> sni,
            @Nullable Path clientCa,
            @DefaultValue("required") ClientAuth clientAuth) {

        ServerTls tls() {
            List<KeyPairFiles> pairs = new ArrayList<>();
            pairs.add(pair("", certificate, key, keyPassword));
            for (SniProperties more : sni) {
                pairs.add(pair("sni[" + (pairs.size() - 1) + "].", more.certificate(), more.key(), more.keyPassword()));
            }
            return new ServerTls(pairs, clientCa, clientAuth == ClientAuth.REQUIRED);
        }

        private static KeyPairFiles pair(
                String at, @Nullable Path certificate, @Nullable Path key, @Nullable String password) {
            if (certificate == null || key == null) {
                throw new IllegalArgumentException(
                        "tls." + at + (certificate == null ? "certificate" : "key") + " is missing; give a PEM file");
            }
            return new KeyPairFiles(certificate, key, password);
        }
    }

    /**
     * {@code tls.sni[].*}.
     *
     * @param certificate PEM file with the certificate and those it was issued by.
     * @param key PEM file with its private key.
     * @param keyPassword Password of the key.
     */
    public record SniProperties(@Nullable Path certificate, @Nullable Path key, @Nullable String keyPassword) {}

    /**
     * {@code access-log.*}.
     *
     * @param enabled Whether each request is one log record.
     */
    public record AccessLogProperties(@DefaultValue("true") boolean enabled) {}
}
