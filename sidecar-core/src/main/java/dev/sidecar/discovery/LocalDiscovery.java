package dev.sidecar.discovery;

import dev.sidecar.LocalContext;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry shared by every sidecar and library of the host. Thread-safe. Nothing is opened until it is used.
 *
 * <p>A lease is tied to the process that wrote it: it ends with the process, or after its ttl, whichever is first.
 */
public final class LocalDiscovery implements Discovery, AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(LocalDiscovery.class);

    private final LeaseClock clock;
    private final @Nullable LeaseOwner self = LeaseOwner.current();
    private final RegistryDirectory directory;
    private final ServiceTable table;
    private final RegistryMirror mirror;
    private final RegistryFollower follower;
    private final ChangeFeed feed;
    private final ScheduledExecutorService timer = Threads.timer("discovery");
    private final Map<String, RegistryRow> written = new ConcurrentHashMap<>();
    private final DiscoveryMeters meters;
    private volatile boolean closed;

    private LocalDiscovery(LocalContext context, LeaseClock clock) {
        this.clock = clock;
        this.directory = new RegistryDirectory(context.home());
        this.table = new ServiceTable(clock.wall());
        this.feed = new ChangeFeed(this::current, timer);
        this.meters = new DiscoveryMeters(context.meters(), table);
        this.mirror = new RegistryMirror(directory, table, clock, self, services -> {
            meters.changed(services);
            feed.changed(services);
        });
        this.follower = new RegistryFollower(directory, mirror, timer);
        meters.bind(mirror::damaged, written::size);
    }

    public static LocalDiscovery start(LocalContext context, DiscoveryOptions options) {
        return start(context, LeaseClock.ofHost());
    }

    static LocalDiscovery start(LocalContext context, LeaseClock clock) {
        return new LocalDiscovery(context, clock);
    }

    @Override
    public ServiceInstance register(Registration registration) {
        String name = RegistryFileName.of(registration.service(), registration.instance());
        try {
            if (closed) {
                throw new IOException("discovery is closed");
            }
            RegistryRow row = row(registration, directory.read(name));
            directory.write(row);
            written.put(name, row);
            mirror.refresh(List.of(name));
            return row.instance();
        } catch (IOException e) {
            throw unavailable(name, e);
        }
    }

    private RegistryRow row(Registration registration, RegistryFile before) {
        Instant now = Instant.ofEpochMilli(clock.wall().toEpochMilli());
        Instant since =
                before instanceof RegistryFile.Present present && present.row().isLive(clock, self)
                        ? present.row().instance().registeredAt()
                        : now;
        return new RegistryRow(
                registration.lease(since, now),
                clock.boot(),
                clock.millis() + registration.ttl().toMillis(),
                self);
    }

    @Override
    public boolean deregister(String service, String instance) {
        String name =
                RegistryFileName.of(ServiceNames.check("service", service), ServiceNames.check("instance", instance));
        try {
            boolean live = directory.read(name) instanceof RegistryFile.Present present
                    && present.row().isLive(clock, self);
            boolean removed = directory.remove(name);
            written.remove(name);
            mirror.refresh(List.of(name));
            return live && removed;
        } catch (IOException e) {
            throw unavailable(name, e);
        }
    }

    @Override
    public ServiceList services() {
        follower.follow();
        mirror.expire();
        return new ServiceList(List.copyOf(table.services()), mirror.staleSince());
    }

    @Override
    public ServiceInstances instances(String service) {
        ServiceNames.check("service", service);
        follower.follow();
        return current(service);
    }

    private ServiceInstances current(String service) {
        mirror.expire();
        return table.list(service, mirror.staleSince());
    }

    @Override
    public CompletableFuture<ServiceInstances> changed(String service, long index, Duration wait) {
        ServiceInstances now = instances(service);
        if (now.index() != index || wait.isNegative() || wait.isZero() || closed) {
            return CompletableFuture.completedFuture(now);
        }
        return feed.await(service, index, wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    @Override
    public Subscription watch(String service, Consumer<ServiceInstances> listener) {
        ServiceNames.check("service", service);
        follower.follow();
        return feed.watch(service, listener);
    }

    /** Withdraws the leases this process wrote, for itself and for others. Lists can still be read. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        follower.close();
        timer.shutdownNow();
        written.forEach(this::withdraw);
        mirror.refresh(List.copyOf(written.keySet()));
        written.clear();
        feed.close();
        meters.close();
    }

    /** Unless another process has taken the name over. */
    private void withdraw(String name, RegistryRow row) {
        try {
            directory.remove(
                    name,
                    file -> file instanceof RegistryFile.Present present
                            && (row.equals(present.row())
                                    || (self != null
                                            && self.equals(present.row().owner()))));
        } catch (IOException e) {
            LOG.warn("Could not withdraw '{}' from the registry, it ends by its ttl: {}", name, e.toString());
        }
    }

    private static SidecarException unavailable(String name, IOException cause) {
        return new SidecarException(
                Problem.of(
                                503,
                                "registry-unavailable",
                                "'" + name + "' could not be written to the registry: " + cause
                                        + "; check that sidecar.home is a writable directory")
                        .retryAfter(1),
                cause);
    }
}
