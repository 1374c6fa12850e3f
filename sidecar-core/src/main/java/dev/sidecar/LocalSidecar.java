package dev.sidecar;

import dev.sidecar.config.ConfigTrouble;
import dev.sidecar.config.LocalConfig;
import dev.sidecar.discovery.LocalDiscovery;
import dev.sidecar.environment.Environment;
import dev.sidecar.environment.LocalEnvironment;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.health.LocalHealth;
import dev.sidecar.logging.LocalLogs;
import dev.sidecar.logging.SpoolState;
import dev.sidecar.monitor.LocalMonitor;
import dev.sidecar.monitor.Monitor;
import dev.sidecar.redaction.Secrets;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.watchdog.LocalWatchdog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The engines in this process. */
public final class LocalSidecar implements Sidecar {

    private final LocalContext context;
    private final LocalLogs logs;
    private final LocalDiscovery discovery;
    private final LocalHealth health;
    private final LocalWatchdog watchdog;
    private final LocalConfig config;
    private final LocalResilience resilience;
    private final Environment environment;
    private final Monitor monitor;
    private final Map<String, Boolean> features;
    private volatile LifecycleState state = LifecycleState.STARTING;

    private LocalSidecar(LocalContext context, SidecarOptions options) {
        this.context = context;
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            this.logs = LocalLogs.start(context, options.logging());
            started.push(logs);
            this.discovery = LocalDiscovery.start(context, options.discovery());
            started.push(discovery);
            this.health = LocalHealth.start(context, options.health());
            started.push(health);
            this.watchdog = LocalWatchdog.start(context, options.watchdog(), health);
            started.push(watchdog);
            this.config = LocalConfig.start(context, options.config());
            started.push(config);
            this.resilience = LocalResilience.start(discovery, options.resilience(), context.meters());
            started.push(resilience);
            this.environment = LocalEnvironment.start(
                    context,
                    options.environment(),
                    new Secrets(
                            options.logging().redact().keys(),
                            options.logging().redact().patterns()));
            this.monitor = LocalMonitor.start(context, options.monitor());
            if (!options.monitor().thresholds().isEmpty()) {
                monitor.watchThresholds(new ThresholdEvents(watchdog));
            }
        } catch (RuntimeException e) {
            started.forEach(engine -> closeAfter(e, engine));
            throw e;
        }
        this.features = Map.of(
                "logging",
                true,
                "discovery",
                true,
                "health",
                true,
                "config",
                true,
                "watchdog",
                watchdog.options().enabled(),
                "resilience",
                resilience.isEnabled(),
                "environment",
                options.environment().enabled(),
                "monitor",
                options.monitor().enabled());
        this.state = LifecycleState.READY;
    }

    private static void closeAfter(RuntimeException failure, AutoCloseable engine) {
        try {
            engine.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** Starts every engine; a failure leaves none of them running. */
    public static LocalSidecar start(LocalContext context, SidecarOptions options) {
        return new LocalSidecar(context, options);
    }

    @Override
    public SidecarInfo info() {
        return new SidecarInfo(
                context.identity().name(),
                context.identity().instance(),
                Version.current(),
                state,
                Delivery.LIBRARY,
                features,
                Map.of(),
                logs.spool());
    }

    @Override
    public SidecarStatus status() {
        ConfigTrouble trouble = config.trouble();
        if (trouble != null) {
            return new SidecarStatus(HealthStatus.DEGRADED, trouble.detail(), trouble.since());
        }
        SpoolState spool = logs.spool();
        return spool == null || spool.status() == SpoolState.Status.OK
                ? SidecarStatus.UP
                : new SidecarStatus(HealthStatus.DEGRADED, spool.lastError(), spool.lastErrorAt());
    }

    @Override
    public LocalLogs logs() {
        return logs;
    }

    @Override
    public LocalDiscovery discovery() {
        return discovery;
    }

    @Override
    public LocalHealth health() {
        return health;
    }

    @Override
    public LocalWatchdog watchdog() {
        return watchdog;
    }

    @Override
    public LocalConfig config() {
        return config;
    }

    @Override
    public LocalResilience resilience() {
        return resilience;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public Monitor monitor() {
        return monitor;
    }

    /** Logging goes last, so that what the others say while they stop is kept. */
    @Override
    public void close() {
        state = LifecycleState.STOPPED;
        watchdog.close();
        config.close();
        resilience.close();
        if (monitor instanceof LocalMonitor running) {
            running.close();
        }
        health.close();
        discovery.close();
        logs.close();
    }
}
