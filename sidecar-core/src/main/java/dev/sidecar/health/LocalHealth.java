package dev.sidecar.health;

import dev.sidecar.LocalContext;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the checks in this process. */
public final class LocalHealth implements Health, AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final CheckThreads threads = CheckThreads.create();
    private final Probes probes = new Probes();
    private final Watchers watchers = new Watchers(this::report);
    private final ConcurrentSkipListMap<String, Defined> checks = new ConcurrentSkipListMap<>();
    private final HealthMeters meters;
    private final MaintenanceRecord maintenance;
    private volatile boolean draining;

    private record Defined(CheckDefinition definition, Check check) {}

    private LocalHealth(LocalContext context) {
        this.meters = new HealthMeters(context.meters());
        this.maintenance = new MaintenanceRecord(context.home(), context.identity());
        meters.group(null, () -> report().status());
        for (HealthGroup group : HealthGroup.values()) {
            meters.group(group, () -> report(group).status());
        }
    }

    /**
     * Begins with the checks of the options.
     *
     * @throws SidecarException {@code invalid-check}; then nothing is left running
     */
    public static LocalHealth start(LocalContext context, HealthOptions options) {
        LocalHealth health = new LocalHealth(context);
        try {
            options.checks().forEach(health::define);
        } catch (RuntimeException e) {
            health.close();
            throw e;
        }
        return health;
    }

    @Override
    public HealthReport report() {
        return report(check -> true, true);
    }

    /** Maintenance is a question of traffic: an instance in maintenance is not to be restarted for it. */
    @Override
    public HealthReport report(HealthGroup group) {
        return report(check -> check.groups().contains(group), group == HealthGroup.READY);
    }

    @Override
    public Optional<CheckState> check(String name) {
        return Optional.ofNullable(checks.get(name))
                .map(defined -> defined.check().state());
    }

    @Override
    public CheckState define(CheckDefinition definition) {
        CheckPolicy policy = CheckPolicy.of(definition);
        CheckDefinition full = definition.withDefaults();
        Check check = make(full, policy);
        synchronized (checks) {
            Defined before = checks.get(policy.name());
            if (before != null && before.definition().equals(full)) {
                return before.check().state();
            }
            if (before != null) {
                end(before);
            }
            checks.put(policy.name(), new Defined(full, check));
            meters.check(policy.name(), () -> check.state().status());
            check.start();
        }
        watchers.changed();
        return check.state();
    }

    @Override
    public boolean remove(String name) {
        synchronized (checks) {
            Defined defined = checks.remove(name);
            if (defined == null) {
                return false;
            }
            end(defined);
        }
        watchers.changed();
        return true;
    }

    @Override
    public CheckState push(String name, HealthStatus status, @Nullable String output) {
        Defined defined = checks.get(name);
        if (defined == null) {
            throw SidecarException.notFound(
                    "unknown-check", "check: there is no check '" + name + "'; define it first, with type ttl");
        }
        if (!(defined.check() instanceof TtlCheck check)) {
            throw SidecarException.conflict(
                    "not-a-ttl-check",
                    "check: '" + name + "' is of type "
                            + defined.definition().type().word()
                            + " and finds out itself; only a check of type ttl can be told");
        }
        if (status != HealthStatus.UP && status != HealthStatus.DEGRADED && status != HealthStatus.DOWN) {
            throw SidecarException.invalid(
                    "invalid-status", "status: '" + status + "' cannot be pushed; give UP, DEGRADED or DOWN");
        }
        return check.push(status, output);
    }

    @Override
    public Maintenance maintenance(boolean enabled, @Nullable String reason) {
        Maintenance word = maintenance.set(enabled, reason, clock.instant());
        watchers.changed();
        return word;
    }

    /**
     * Takes the instance out of traffic while it is being stopped. Apart from maintenance, so that neither ends the
     * other, and forgotten when this process ends.
     */
    public void draining(boolean draining) {
        this.draining = draining;
        watchers.changed();
    }

    @Override
    public Subscription watch(Consumer<HealthReport> listener) {
        return watchers.add(listener);
    }

    @Override
    public void close() {
        synchronized (checks) {
            checks.values().forEach(defined -> defined.check().close());
        }
        threads.close();
        probes.close();
        watchers.close();
        meters.close();
    }

    private Check make(CheckDefinition definition, CheckPolicy policy) {
        CheckResults results = new CheckResults(policy, clock, watchers::changed);
        if (policy.type() == CheckType.TTL) {
            return TtlCheck.of(definition, results, threads);
        }
        Probe probe = probes.of(definition);
        return new PolledCheck(policy, probe, results, threads, meters.runs(policy.name()), jitter(policy));
    }

    private void end(Defined defined) {
        defined.check().close();
        meters.remove(defined.definition().name());
    }

    /** Two milliseconds for each check there is, so that many defined together do not run together for ever. */
    private Duration jitter(CheckPolicy policy) {
        long most = Math.min(policy.interval().toNanos(), checks.size() * 2_000_000L);
        return Duration.ofNanos(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most));
    }

    private HealthReport report(Predicate<CheckState> asked, boolean aboutTraffic) {
        List<CheckState> states = checks.values().stream()
                .map(defined -> defined.check().state())
                .filter(asked)
                .toList();
        Maintenance word = maintenance.current();
        HealthStatus status = HealthStatus.UP;
        for (CheckState state : states) {
            status = status.worse(state.weight());
        }
        if (aboutTraffic && (word.enabled() || draining)) {
            status = HealthStatus.OUT_OF_SERVICE;
        }
        return new HealthReport(status, states, word, null);
    }
}
