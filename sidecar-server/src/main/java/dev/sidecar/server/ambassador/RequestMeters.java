package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** {@code sidecar.ambassador.requests}: how many and how long, by route and class of status. */
final class RequestMeters implements ExchangeListener {

    private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private final MeterRegistry registry;
    private final Map<String, Timer[]> timers = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Both, this one first. */
    ExchangeListener and(ExchangeListener other) {
        return exchange -> {
            completed(exchange);
            other.completed(exchange);
        };
    }

    @Override
    public void completed(Exchange exchange) {
        Route route = exchange.route();
        Timer[] byClass = timers.computeIfAbsent(route == null ? "none" : route.name(), this::timers);
        byClass[exchange.status() / 100].record(exchange.endedAt() - exchange.startedAt(), TimeUnit.NANOSECONDS);
    }

    private Timer[] timers(String route) {
        Timer[] made = new Timer[CLASSES.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = Timer.builder("sidecar.ambassador.requests")
                    .description("Requests through the ambassador, from head to end of the answer")
                    .tag("route", route)
                    .tag("status", CLASSES[i])
                    .register(registry);
        }
        return made;
    }
}
