package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Attempt;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.CircuitBreakerPolicy;
import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.resilience.OutlierEjectionPolicy;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.resilience.Upstream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ConfigBuilder;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;

/**
 * Spring Cloud's circuit breakers over Sidecar's: the breaker {@code id} has the policy of the service of that name, or
 * the defaults. Only the breaker and the limits of the policy apply; there is no thread and no time-out. Thread-safe.
 */
final class SidecarCircuitBreakerFactory
        extends CircuitBreakerFactory<CircuitBreakerPolicy, ConfigBuilder<CircuitBreakerPolicy>> {

    private final LocalResilience engine;
    private final Map<String, Upstream> breakers = new ConcurrentHashMap<>();
    private volatile Function<String, CircuitBreakerPolicy> byDefault;

    SidecarCircuitBreakerFactory(LocalResilience engine) {
        this.engine = engine;
        this.byDefault = id -> engine.policy(id).circuitBreaker();
    }

    @Override
    public CircuitBreaker create(String id) {
        Upstream upstream = breakers.computeIfAbsent(id, this::upstream);
        return new Breaker(upstream);
    }

    private Upstream upstream(String id) {
        CircuitBreakerPolicy breaker =
                getConfigurations().containsKey(id) ? getConfigurations().get(id) : byDefault.apply(id);
        ResiliencePolicy p = engine.policy(id);
        OutlierEjectionPolicy o = p.outlierEjection();
        ResiliencePolicy own = new ResiliencePolicy(
                p.timeout(),
                p.tryTimeout(),
                p.connectTimeout(),
                p.retries(),
                p.hedging(),
                breaker,
                new OutlierEjectionPolicy(
                        false, o.consecutiveFailures(), o.ejectFor(), o.maxEjectFor(), o.maxEjected()),
                p.concurrencyLimit(),
                p.rateLimit(),
                p.bulkhead(),
                p.balancing());
        return engine.route("circuit:" + id, List.of(new Instance(id, "localhost", 0, false, null)), own);
    }

    @Override
    protected ConfigBuilder<CircuitBreakerPolicy> configBuilder(String id) {
        return () -> byDefault.apply(id);
    }

    @Override
    public void configureDefault(Function<String, CircuitBreakerPolicy> defaultConfiguration) {
        byDefault = defaultConfiguration;
    }

    @Override
    public void configure(Consumer<ConfigBuilder<CircuitBreakerPolicy>> consumer, String... ids) {
        super.configure(consumer, ids);
    }

    private record Breaker(Upstream upstream) implements CircuitBreaker {

        @Override
        public <T> T run(Supplier<T> work, Function<Throwable, T> fallback) {
            Call call = upstream.call("POST", false, null);
            try {
                Attempt attempt = call.next();
                if (attempt == null) {
                    return fallback.apply(new CallRefusedException(upstream.name(), call));
                }
                T result;
                try {
                    result = work.get();
                } catch (Exception e) {
                    attempt.answered(500, null);
                    attempt.end();
                    return fallback.apply(e);
                }
                attempt.answered(200, null);
                attempt.end();
                return result;
            } finally {
                call.end();
            }
        }

        @Override
        public <T> T run(Supplier<T> work) {
            return run(work, e -> {
                throw new NoFallbackAvailableException("No fallback available.", e);
            });
        }
    }
}
