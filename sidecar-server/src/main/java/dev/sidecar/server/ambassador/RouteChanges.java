package dev.sidecar.server.ambassador;

import dev.sidecar.Subscription;
import dev.sidecar.autoconfigure.resilience.ResilienceProperties;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.server.ConfigurationSource;
import dev.sidecar.server.proxy.tls.TlsReloading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Routes, policies and what is recorded of requests follow the configuration file. It is read when it has been left
 * alone for a second; one that cannot be used, or is empty, leaves everything as it is and is said once.
 */
final class RouteChanges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.reload");

    /** Makes the routes of a configuration hold, all of them or none. */
    interface Change {
        void apply(AmbassadorProperties properties, ResilienceOptions resilience) throws IOException;
    }

    private final ConfigurationSource source;
    private final LocalResilience resilience;
    private final Change change;
    private final Subscription ticking;
    private FileProperties held;
    private String seen;
    private String settling;

    RouteChanges(
            ConfigurationSource source,
            ConfigurableEnvironment started,
            LocalResilience resilience,
            TlsReloading ticks,
            Change change) {
        this.source = source;
        this.resilience = resilience;
        this.change = change;
        this.held = FileProperties.of(started);
        this.seen = state(source.file());
        this.settling = seen;
        this.ticking = ticks.each(this::look);
    }

    // What an editor has half written must not be taken for the whole.
    private synchronized void look() {
        String now = state(source.file());
        boolean settled = now.equals(settling);
        settling = now;
        if (settled && !now.isEmpty() && !now.equals(seen)) {
            seen = now;
            read();
        }
    }

    private void read() {
        try {
            ConfigurableEnvironment environment = source.read();
            Binder binder = Binder.get(environment);
            ResilienceOptions options = binder.bindOrCreate("sidecar.resilience", ResilienceProperties.class)
                    .toOptions();
            change.apply(binder.bindOrCreate("sidecar.ambassador", AmbassadorProperties.class), options);
            resilience.reconfigure(options);
            FileProperties now = FileProperties.of(environment);
            LOG.info("{}: the changed routes and policies hold from now on", source.file());
            now.otherThanIn(held).forEach(name -> LOG.warn("{}: {} changes with the next start", source.file(), name));
            held = now;
        } catch (BindException e) {
            refused(e.getName() + ": "
                    + (e.getCause() == null ? e.getMessage() : rootOf(e).getMessage()));
        } catch (IOException | RuntimeException e) {
            refused(e.getMessage());
        }
    }

    private void refused(@Nullable String why) {
        LOG.warn("{} cannot be used, routes and policies stay as they were: {}", source.file(), why);
    }

    private static Throwable rootOf(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : rootOf(cause);
    }

    /** Empty when there is nothing to read. */
    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() == 0
                    ? ""
                    : attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        ticking.close();
    }
}
