package dev.sidecar.resilience;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A neighbour that can be called, and everything that decides how: begin a {@link Call} for each request and do as it
 * says. Thread-safe, never blocks.
 */
public final class Upstream implements AutoCloseable {

    private final String name;
    private final @Nullable String service;
    private final ResiliencePolicy policy;
    final Ticker ticker;
    final Dice dice;
    final Supplier<Instant> wall;
    final Tally tally = new Tally();
    final RetryBudget budget;
    final @Nullable Breaker breaker;
    final @Nullable ConcurrencyLimit concurrency;
    final AtomicInteger running = new AtomicInteger();
    private final @Nullable TokenBucket rate;
    private final int bulkhead;
    private final Balancer balancer;
    private volatile Members members = Members.NONE;
    private volatile boolean known;
    private volatile Runnable onClose = () -> {};

    Upstream(
            String name,
            @Nullable String service,
            ResiliencePolicy policy,
            Ticker ticker,
            Dice dice,
            Supplier<Instant> wall) {
        this.name = name;
        this.service = service;
        this.policy = policy;
        this.ticker = ticker;
        this.dice = dice;
        this.wall = wall;
        this.budget = new RetryBudget(policy.retries().budget());
        this.breaker = policy.circuitBreaker().enabled() ? new Breaker(name, policy.circuitBreaker(), ticker) : null;
        this.concurrency = policy.concurrencyLimit().enabled() ? new ConcurrencyLimit(policy.concurrencyLimit()) : null;
        this.rate = bucket(policy.rateLimit(), ticker.nanos());
        Integer most = policy.bulkhead().maxConcurrent();
        this.bulkhead = most == null ? Integer.MAX_VALUE : most;
        this.balancer = Balancer.of(policy.balancing().strategy(), dice);
    }

    private static @Nullable TokenBucket bucket(RateLimitPolicy limit, long now) {
        Double perSecond = limit.perSecond();
        if (perSecond == null) {
            return null;
        }
        Integer burst = limit.burst();
        return new TokenBucket(perSecond, burst == null ? Math.max(1, perSecond) : burst, now);
    }

    /** The route, or the service itself. */
    public String name() {
        return name;
    }

    /** What it is called in discovery; null for fixed URLs. */
    public @Nullable String service() {
        return service;
    }

    /** What holds, whole. */
    public ResiliencePolicy policy() {
        return policy;
    }

    /**
     * A call begins. Ask {@link Call#refusal()} first, and {@link Call#end()} it whatever happens.
     *
     * @param method in capitals
     * @param idempotencyKey whether the request has the header {@code Idempotency-Key}
     * @param hashKey what {@link BalancingPolicy#hashKey()} asks for; null when the request has none
     */
    public Call call(String method, boolean idempotencyKey, @Nullable String hashKey) {
        long now = ticker.nanos();
        tally.calls.increment();
        long key = hashKey == null ? 0 : Rendezvous.hash(hashKey);
        return new Call(this, idempotencyKey || Idempotence.of(method), key, now, admit(now));
    }

    private @Nullable Reason admit(long now) {
        if (members.size() == 0) {
            return known ? Reason.NO_INSTANCE : Reason.UNKNOWN_SERVICE;
        }
        if (rate != null && !rate.tryTake(now)) {
            return Reason.RATE_LIMITED;
        }
        int at = running.incrementAndGet();
        if (at > bulkhead) {
            running.decrementAndGet();
            return Reason.BULKHEAD_FULL;
        }
        if (concurrency != null && at > concurrency.limit()) {
            running.decrementAndGet();
            return Reason.CONCURRENCY_LIMITED;
        }
        budget.called();
        return null;
    }

    @Nullable
    Member pick(Tried tried, long key, long now) {
        return members.pick(balancer, tried, key, now);
    }

    /** When it makes sense to come back, in whole seconds. */
    long retryAfterSeconds(Reason reason) {
        long nanos =
                switch (reason) {
                    case RATE_LIMITED -> rate == null ? 0 : rate.waitNanos(ticker.nanos());
                    case CIRCUIT_OPEN -> breaker == null ? 0 : breaker.openForNanos();
                    default -> 0;
                };
        return Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
    }

    void failed(Member member, long now) {
        OutlierEjectionPolicy outliers = policy.outlierEjection();
        if (!outliers.enabled() || !member.failed(outliers, now)) {
            return;
        }
        synchronized (this) {
            Members current = members;
            int most = (int) (current.size() * outliers.maxEjected().fraction());
            if (!member.isEjected(now) && current.ejected(now) < most) {
                member.eject(outliers, now);
                tally.ejections.increment();
            }
        }
    }

    /** These take traffic from now on. */
    synchronized void instances(List<Instance> instances, boolean someRegistered) {
        known = known || someRegistered;
        members = members.with(instances, policy.balancing().zone());
    }

    Members members() {
        return members;
    }

    /** Of the breaker; closed when there is none. */
    public CircuitState circuit() {
        return breaker == null ? CircuitState.CLOSED : breaker.state();
    }

    /** For one that is only to be closed. */
    void onClose(Runnable work) {
        onClose = work;
    }

    /** Follows the service no longer; calls under way may end. */
    @Override
    public void close() {
        onClose.run();
    }
}
