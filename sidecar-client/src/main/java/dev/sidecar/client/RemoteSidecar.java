package dev.sidecar.client;

import dev.sidecar.Delivery;
import dev.sidecar.MeterReading;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarInfo;
import dev.sidecar.SidecarStatus;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.config.RemoteConfig;
import dev.sidecar.client.discovery.RemoteDiscovery;
import dev.sidecar.client.environment.RemoteEnvironment;
import dev.sidecar.client.health.RemoteHealth;
import dev.sidecar.client.logging.RemoteLogs;
import dev.sidecar.client.monitor.RemoteMonitor;
import dev.sidecar.client.resilience.RemoteResilience;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.client.watchdog.RemoteWatchdog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engines in a process beside this one. Thread-safe. */
public final class RemoteSidecar implements Sidecar {

    private record Meters(List<MeterReading> meters) {}

    private final Availability availability;
    private final Transport transport;
    private final Api api;
    private final RemoteLogs logs;
    private final RemoteDiscovery discovery;
    private final RemoteHealth health;
    private final RemoteWatchdog watchdog;
    private final RemoteConfig config;
    private final RemoteResilience resilience;
    private final RemoteEnvironment environment;
    private final RemoteMonitor monitor;
    private volatile @Nullable SidecarInfo lastInfo;

    private RemoteSidecar(RemoteOptions options) {
        this.availability = new Availability(Transport.name(options.endpoint()));
        this.transport = new Transport(options, availability);
        this.api = new Api(transport);
        this.logs = new RemoteLogs(api, options.meters());
        this.discovery = new RemoteDiscovery(api);
        this.health = new RemoteHealth(api);
        this.watchdog = new RemoteWatchdog(api);
        this.config = new RemoteConfig(api);
        this.resilience = new RemoteResilience(api);
        this.environment = new RemoteEnvironment(api);
        this.monitor = new RemoteMonitor(api);
    }

    /** Returns at once, whether or not the sidecar answers: until it does, the status is DEGRADED. */
    public static RemoteSidecar connect(RemoteOptions options) {
        RemoteSidecar sidecar = new RemoteSidecar(options);
        sidecar.availability.start(sidecar::ask);
        return sidecar;
    }

    private SidecarInfo ask() {
        SidecarInfo answer = api.call(Request.get("/v1"), SidecarInfo.class);
        SidecarInfo info = new SidecarInfo(
                answer.name(),
                answer.instance(),
                answer.version(),
                answer.state(),
                Delivery.SIDECAR,
                answer.features(),
                answer.links(),
                answer.spool());
        lastInfo = info;
        return info;
    }

    /**
     * The sidecar's answer, or its last one while it is away.
     *
     * @throws SidecarUnavailableException when it never answered
     */
    @Override
    public SidecarInfo info() {
        try {
            return ask();
        } catch (SidecarUnavailableException e) {
            SidecarInfo last = lastInfo;
            if (last == null) {
                throw e;
            }
            return last;
        }
    }

    /**
     * What the engines in the sidecar measure.
     *
     * @throws SidecarUnavailableException while it is away
     */
    public List<MeterReading> meters() {
        return api.call(Request.get("/v1/meters"), Meters.class).meters();
    }

    @Override
    public SidecarStatus status() {
        return availability.status();
    }

    @Override
    public RemoteLogs logs() {
        return logs;
    }

    @Override
    public RemoteDiscovery discovery() {
        return discovery;
    }

    @Override
    public RemoteHealth health() {
        return health;
    }

    @Override
    public RemoteWatchdog watchdog() {
        return watchdog;
    }

    @Override
    public RemoteConfig config() {
        return config;
    }

    @Override
    public RemoteResilience resilience() {
        return resilience;
    }

    @Override
    public RemoteEnvironment environment() {
        return environment;
    }

    @Override
    public RemoteMonitor monitor() {
        return monitor;
    }

    /** Logging goes last, so that what the others say while they stop is kept. */
    @Override
    public void close() {
        config.close();
        monitor.close();
        health.close();
        discovery.close();
        logs.close();
        availability.close();
        transport.close();
    }
}
