package dev.sidecar.server.offload;

import dev.sidecar.LocalSidecar;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.ShutdownProperties;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.offload.OffloadProperties.StaticProperties;
import dev.sidecar.server.offload.cache.ResponseCache;
import dev.sidecar.server.offload.files.CacheRule;
import dev.sidecar.server.offload.files.StaticFiles;
import dev.sidecar.server.offload.files.StaticRoot;
import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.ProxyOptions;
import dev.sidecar.server.proxy.ProxyServer;
import dev.sidecar.server.proxy.RouteLimits;
import dev.sidecar.server.proxy.http1.HeadLimits;
import dev.sidecar.server.proxy.record.AccessLog;
import dev.sidecar.server.proxy.record.RequestMeters;
import dev.sidecar.server.proxy.tls.ReloadedTls;
import dev.sidecar.server.proxy.tls.TlsReloading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The port in front of the application. */
public final class Offload implements PairLifecycle.Listener, AutoCloseable {

    private static final int CLIENT_MINIMUM = 1024;
    private static final int MAX_TARGET = 8 * 1024;
    private static final int MAX_FIELDS = 100;
    private static final long SMALLEST_CACHE = 1024 * 1024;

    private final EventLoops loops;
    private final ProxyServer server;
    private final ReadinessGate gate;
    private final AppTarget target;
    private final @Nullable StaticFiles files;
    private final @Nullable ResponseCache cache;
    private final @Nullable ReloadedTls tls;
    private final Duration propagation;
    private final Duration patience;

    private Offload(
            EventLoops loops,
            ProxyServer server,
            ReadinessGate gate,
            AppTarget target,
            @Nullable StaticFiles files,
            @Nullable ResponseCache cache,
            @Nullable ReloadedTls tls,
            Duration propagation,
            Duration patience) {
        this.target = target;
        this.files = files;
        this.cache = cache;
        this.tls = tls;
        this.loops = loops;
        this.server = server;
        this.gate = gate;
        this.propagation = propagation;
        this.patience = patience;
    }

    static Offload start(
            OffloadProperties properties,
            AppProperties app,
            ShutdownProperties shutdown,
            LocalSidecar sidecar,
            PairLifecycle lifecycle,
            EventLoops loops,
            TlsReloading reloading,
            MeterRegistry meters)
            throws IOException {
        RouteLimits limits = RouteLimits.DEFAULT
                .timeout(properties.timeout())
                .maxBodyBytes(
                        properties.maxBodySize() == null
                                ? Long.MAX_VALUE
                                : properties.maxBodySize().toBytes());
        AppTarget target = AppTarget.of(appUrl(properties, app), properties.appTls(), properties.appHttp2(), reloading);
        AppRoute route = new AppRoute(target, limits, properties.compression().enabled());
        RequestMeters counted = new RequestMeters(meters, "sidecar.offload.requests");
        ExchangeListener listener = properties.accessLog().enabled()
                ? counted.and(new AccessLog(sidecar.logs(), "dev.sidecar.offload"))
                : counted;
        ReloadedTls tls = tls(properties, reloading);
        ProxyOptions options = ProxyOptions.DEFAULT
                .clientTimeouts(properties.headerTimeout(), properties.idleTimeout(), properties.stallTimeout())
                .clientMinimum(CLIENT_MINIMUM)
                .head(headLimits(properties), "sidecar.offload.max-header-size")
                .tls(tls)
                .trusted(TrustedProxies.of(properties.trustedProxies()));
        StaticFiles files = files(properties);
        ResponseCache cache = cache(properties, meters);
        ReadinessGate gate = new ReadinessGate(lifecycle, sidecar.health());
        try {
            ProxyServer server = ProxyServer.listen(
                    loops,
                    new InetSocketAddress(properties.address(), properties.port() == null ? 0 : properties.port()),
                    options,
                    new OffloadRouter(gate, route, files, cache),
                    listener);
            Gauge.builder("sidecar.offload.connections", server::connections)
                    .description("Clients that are connected")
                    .register(meters);
            Offload offload = new Offload(
                    loops, server, gate, target, files, cache, tls, shutdown.propagation(), properties.drain());
            lifecycle.listen(offload);
            return offload;
        } catch (IOException e) {
            gate.close();
            throw e;
        }
    }

    private static @Nullable ReloadedTls tls(OffloadProperties properties, TlsReloading reloading) throws IOException {
        if (properties.tls() == null) {
            return null;
        }
        try {
            return ReloadedTls.of("sidecar.offload.tls", properties.tls().tls(), reloading);
        } catch (IOException e) {
            throw new IOException("tls: " + e.getMessage(), e);
        }
    }

    static void check(OffloadProperties properties) {
        URI app = properties.app();
        if (app != null) {
            AppTarget.check(app, properties.appTls());
        }
        headLimits(properties);
        roots(properties, root -> {});
        if (properties.tls() != null) {
            properties.tls().tls();
        }
    }

    private static @Nullable StaticFiles files(OffloadProperties properties) {
        List<StaticRoot> roots = roots(properties, StaticRoot::requireDirectory);
        return roots.isEmpty()
                ? null
                : new StaticFiles(roots, properties.compression().enabled());
    }

    /**
     * @param directories looks at the roots themselves, which another machine may not have
     */
    private static List<StaticRoot> roots(OffloadProperties properties, Consumer<Path> directories) {
        List<StaticRoot> roots = new ArrayList<>();
        for (StaticProperties each : properties.roots()) {
            try {
                List<CacheRule> rules = each.cache().stream()
                        .map(rule -> CacheRule.of(rule.match(), rule.value()))
                        .toList();
                StaticRoot root = StaticRoot.of(each.path(), each.root(), each.index(), each.fallback(), rules);
                directories.accept(each.root());
                roots.add(root);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("static[" + roots.size() + "]." + e.getMessage(), e);
            }
        }
        return roots;
    }

    private static @Nullable ResponseCache cache(OffloadProperties properties, MeterRegistry meters) {
        DataSize size = properties.cache().maxSize();
        if (size == null) {
            return null;
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (size.toBytes() < SMALLEST_CACHE || size.toBytes() > heap / 2) {
            throw new IllegalArgumentException("cache.max-size: " + size + " is not from 1MB to half of the "
                    + heap / 1024 / 1024 + " MB of heap; SIDECAR_JAVA_OPTS=-Xmx… gives the process more");
        }
        return new ResponseCache(size.toBytes(), properties.compression().enabled(), InstantSource.system(), meters);
    }

    private static HeadLimits headLimits(OffloadProperties properties) {
        long size = properties.maxHeaderSize().toBytes();
        if (size < 1024 || size > 1024 * 1024) {
            throw new IllegalArgumentException("max-header-size: " + size + " is not from 1KB to 1MB");
        }
        return new HeadLimits((int) size, MAX_FIELDS, (int) Math.min(size, MAX_TARGET));
    }

    private static URI appUrl(OffloadProperties properties, AppProperties app) {
        URI given = properties.app();
        if (given != null) {
            return given;
        }
        Integer port = app.port();
        return URI.create("http://" + literal(app.address()) + ":" + (port == null ? 3000 : port));
    }

    private static String literal(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Where clients connect, such as {@code http://127.0.0.1:8000}. */
    public String url() {
        InetSocketAddress address = server.address();
        String scheme = tls == null ? "http://" : "https://";
        return scheme + literal(address.getAddress().getHostAddress()) + ":" + address.getPort();
    }

    @Override
    public void drainRequested() {
        loops.later(gate::drain, propagation);
    }

    @Override
    public void shutdownRequested(String reason) {
        // Who stops the pair calls endInbound when it is time.
    }

    @Override
    public CompletableFuture<Void> endInbound() {
        gate.drain();
        CompletableFuture<Void> finished = server.drain();
        loops.later(() -> finished.complete(null), patience);
        return finished;
    }

    /** Cuts what is still connected. */
    @Override
    public void close() {
        gate.close();
        server.close();
        target.close();
        if (tls != null) {
            tls.close();
        }
        if (files != null) {
            files.close();
        }
        if (cache != null) {
            cache.close();
        }
    }
}
