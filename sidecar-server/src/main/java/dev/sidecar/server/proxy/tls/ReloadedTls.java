package dev.sidecar.server.proxy.tls;

import dev.sidecar.Subscription;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS context that follows its files: a new connection gets what they say now, one that is open keeps what it has.
 * Files that cannot be used leave everything as it is, and are said once. Thread-safe.
 */
public final class ReloadedTls implements Supplier<SslContext>, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.tls");

    private final String property;
    private final TlsSource source;
    private final Subscription ticking;
    private volatile SslContext context;
    private List<String> seen;

    private ReloadedTls(String property, TlsSource source, TlsReloading reloading) throws IOException {
        this.property = property;
        this.source = source;
        this.seen = state(source);
        this.context = source.load();
        this.ticking = source.files().isEmpty() ? () -> {} : reloading.each(this::look);
    }

    /**
     * Reads the files for the first time.
     *
     * @param property what the log calls it, such as {@code sidecar.offload.tls}
     * @throws IOException when they cannot be used, with a message that names the file
     */
    public static ReloadedTls of(String property, TlsSource source, TlsReloading reloading) throws IOException {
        return new ReloadedTls(property, source, reloading);
    }

    @Override
    public SslContext get() {
        return context;
    }

    private synchronized void look() {
        List<String> now = state(source);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            context = source.load();
            LOG.info("{}: the changed files are used for new connections", property);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: the changed files cannot be used, what was read before stays: {}", property, e.getMessage());
        }
    }

    private static List<String> state(TlsSource source) {
        return source.files().stream().map(ReloadedTls::state).toList();
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        ticking.close();
    }
}
