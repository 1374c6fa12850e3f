package dev.sidecar.resilience;

import dev.sidecar.Subscription;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.discovery.ServiceNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine in this process. It decides how upstreams are called, whoever calls them. Thread-safe; has no thread of
 * its own, and nothing is set up for an upstream before it is asked for.
 */
public final class LocalResilience implements Resilience, AutoCloseable {

    private final Discovery discovery;
    private volatile ResilienceOptions options;
    private final ResilienceMeters meters;
    private final Ticker ticker;
    private final Dice dice;
    private final Supplier<Instant> wall;
    private final Map<String, Upstream> upstreams = new ConcurrentSkipListMap<>();
    /** Those of them that nobody made a route for. */
    private final Set<Upstream> services = ConcurrentHashMap.newKeySet();

    private LocalResilience(
            Discovery discovery,
            ResilienceOptions options,
            MeterRegistry meters,
            Ticker ticker,
            Dice dice,
            Supplier<Instant> wall) {
        this.discovery = discovery;
        this.options = options;
        this.meters = new ResilienceMeters(meters);
        this.ticker = ticker;
        this.dice = dice;
        this.wall = wall;
    }

    public static LocalResilience start(Discovery discovery, ResilienceOptions options, MeterRegistry meters) {
        return new LocalResilience(discovery, options, meters, Ticker.SYSTEM, Dice.FAIR, Instant::now);
    }

    static LocalResilience start(
            Discovery discovery, ResilienceOptions options, MeterRegistry meters, Ticker ticker, Dice dice) {
        return new LocalResilience(
                discovery, options, meters, ticker, dice, () -> Instant.EPOCH.plusNanos(ticker.nanos()));
    }

    /** Whether services are to be called by name. */
    public boolean isEnabled() {
        return options.enabled();
    }

    /** What holds for a service. */
    public ResiliencePolicy policy(String service) {
        return options.policy(service);
    }

    /**
     * A service by its name, with its own policy or the defaults. The first use of a name reads discovery; after that
     * this is a look into a map.
     *
     * @throws dev.sidecar.SidecarException {@code invalid-name}
     */
    public Upstream service(String service) {
        Upstream known = upstreams.get(service);
        if (known != null) {
            return known;
        }
        ServiceNames.check("service", service);
        ServiceInstances found = discovery.instances(service);
        if (found.instances().isEmpty() && !options.services().containsKey(service)) {
            // Names nobody registered come from anywhere, and must not pile up.
            return make(service, service, options.policy(service));
        }
        return upstreams.computeIfAbsent(service, name -> {
            Upstream made = follow(make(name, name, options.policy(name)), found);
            services.add(made);
            meters.bind(made);
            return made;
        });
    }

    /**
     * Other policies from now on. Services whose policy is another one start anew with their next call; routes have
     * the policy that they were given.
     */
    public void reconfigure(ResilienceOptions changed) {
        options = changed;
        for (Upstream service : services) {
            if (!service.policy().equals(changed.policy(service.name()))) {
                service.close();
            }
        }
    }

    /**
     * A route to a service, under a policy of its own; in place of what had the name. Close it when it is replaced.
     *
     * @throws dev.sidecar.SidecarException {@code invalid-name}
     */
    public Upstream route(String name, String service, ResiliencePolicy policy) {
        return publish(prepare(name, service, policy));
    }

    /** A route to fixed addresses; in place of what had the name. Close it when it is replaced. */
    public Upstream route(String name, List<Instance> instances, ResiliencePolicy policy) {
        return publish(prepare(name, instances, policy));
    }

    /**
     * The same, seen by nobody before it is published.
     *
     * @throws dev.sidecar.SidecarException {@code invalid-name}
     */
    public Upstream prepare(String name, String service, ResiliencePolicy policy) {
        ServiceNames.check("service", service);
        return follow(make(name, service, policy), discovery.instances(service));
    }

    /** The same, seen by nobody before it is published. */
    public Upstream prepare(String name, List<Instance> instances, ResiliencePolicy policy) {
        Upstream upstream = make(name, null, policy);
        upstream.instances(instances, true);
        upstream.onClose(() -> forget(upstream, () -> {}));
        return upstream;
    }

    /** Shows a prepared one in reports and meters, in place of what had the name. */
    public Upstream publish(Upstream prepared) {
        upstreams.put(prepared.name(), prepared);
        meters.bind(prepared);
        return prepared;
    }

    private Upstream make(String name, @Nullable String service, ResiliencePolicy policy) {
        return new Upstream(name, service, policy, ticker, dice, wall);
    }

    private Upstream follow(Upstream upstream, ServiceInstances found) {
        accept(upstream, found);
        Subscription subscription = discovery.watch(found.service(), list -> accept(upstream, list));
        upstream.onClose(() -> forget(upstream, subscription::close));
        return upstream;
    }

    private void forget(Upstream upstream, Runnable unfollow) {
        unfollow.run();
        upstreams.remove(upstream.name(), upstream);
        services.remove(upstream);
        meters.unbind(upstream);
    }

    private static void accept(Upstream upstream, ServiceInstances list) {
        List<Instance> healthy =
                list.healthy().instances().stream().map(Instance::of).toList();
        upstream.instances(healthy, !list.instances().isEmpty());
    }

    @Override
    public ResilienceReport report() {
        return new ResilienceReport(
                options.defaults(), upstreams.values().stream().map(Reports::of).toList());
    }

    @Override
    public UpstreamReport upstream(String name) {
        Upstream known = upstreams.get(name);
        return Reports.of(known != null ? known : make(ServiceNames.check("service", name), name, policy(name)));
    }

    @Override
    public void close() {
        List.copyOf(upstreams.values()).forEach(Upstream::close);
    }
}
