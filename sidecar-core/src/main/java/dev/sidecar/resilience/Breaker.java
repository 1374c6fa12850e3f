package dev.sidecar.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** The circuit breaker of one upstream; its state is Resilience4j's. Thread-safe. */
final class Breaker {

    /** Resilience4j wants an exception to call something a failure; ours are told apart before. */
    private static final Exception FAILED = new Failed();

    private final CircuitBreaker breaker;
    private final CircuitBreakerPolicy policy;
    private final Ticker ticker;
    private volatile long openedAt;

    Breaker(String name, CircuitBreakerPolicy policy, Ticker ticker) {
        this.policy = policy;
        this.ticker = ticker;
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(
                        policy.window(),
                        policy.minimumCalls(),
                        SlidingWindowType.COUNT_BASED,
                        CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
                .failureRateThreshold((float) policy.failureRate().percent())
                .waitDurationInOpenState(policy.openFor())
                .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
                .clock(new TickerClock(ticker))
                .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
                .writableStackTraceEnabled(false)
                .build();
        this.breaker = CircuitBreaker.of(name, config);
    }

    /** Every permission must be followed by {@link #release}, {@link #succeeded} or {@link #failed}. */
    boolean tryAcquire() {
        return breaker.tryAcquirePermission();
    }

    void release() {
        breaker.releasePermission();
    }

    void succeeded(long nanos) {
        boolean open = isOpen();
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        changed(open);
    }

    void failed(long nanos) {
        boolean open = isOpen();
        breaker.onError(nanos, TimeUnit.NANOSECONDS, FAILED);
        changed(open);
    }

    // Not by Resilience4j's events: with one listener it makes one with a date for every call.
    private void changed(boolean wasOpen) {
        if (!wasOpen && isOpen()) {
            openedAt = ticker.nanos();
        }
    }

    private boolean isOpen() {
        return state() == CircuitState.OPEN;
    }

    CircuitState state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> CircuitState.CLOSED;
            case OPEN, FORCED_OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
        };
    }

    /** How long nothing will be tried; 0 when something may be. */
    long openForNanos() {
        return state() == CircuitState.OPEN
                ? Math.max(0, openedAt + policy.openFor().toNanos() - ticker.nanos())
                : 0;
    }

    private static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        Failed() {
            super("the try failed", null, false, false);
        }
    }

    /** The ticker as Resilience4j asks for one; only differences mean anything. */
    private static final class TickerClock extends Clock {

        private final Ticker ticker;

        TickerClock(Ticker ticker) {
            this.ticker = ticker;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(Duration.ofNanos(ticker.nanos()));
        }
    }
}
