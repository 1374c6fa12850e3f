package dev.sidecar.server.proxy.record;

import dev.sidecar.server.proxy.Exchange;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.Route;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.Origin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A timer such as {@code sidecar.ambassador.requests}: how many and how long, by route and class of status. */
public final class RequestMeters implements ExchangeListener {

    private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final int MAX_ROUTES = 100;

    private final MeterRegistry registry;
    private final String name;
    private final Map<String, Timer[]> timers = new ConcurrentHashMap<>();

    /**
     * @param name of the timer
     */
    public RequestMeters(MeterRegistry registry, String name) {
        this.registry = registry;
        this.name = name;
    }

    /** Both, this one first. */
    public ExchangeListener and(ExchangeListener other) {
        return new ExchangeListener() {
            @Override
            public void completed(Exchange exchange) {
                RequestMeters.this.completed(exchange);
                other.completed(exchange);
            }

            @Override
            public void refused(Origin origin, FramingException why) {
                RequestMeters.this.refused(origin, why);
                other.refused(origin, why);
            }
        };
    }

    @Override
    public void completed(Exchange exchange) {
        Route route = exchange.route();
        String served = exchange.served();
        String by = route != null ? route.name() : served != null ? served : "none";
        timers(by)[exchange.status() / 100].record(exchange.endedAt() - exchange.startedAt(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void refused(Origin origin, FramingException why) {
        timers("none")[why.status() / 100].record(0, TimeUnit.NANOSECONDS);
    }

    // Names of services come from callers of /v1/invoke, and a time series for each must not be without end.
    private Timer[] timers(String route) {
        Timer[] there = timers.get(route);
        return there != null ? there : timers.computeIfAbsent(timers.size() < MAX_ROUTES ? route : "other", this::make);
    }

    private Timer[] make(String route) {
        Timer[] made = new Timer[CLASSES.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = Timer.builder(name)
                    .description("Requests, from head to end of the answer")
                    .tag("route", route)
                    .tag("status", CLASSES[i])
                    .register(registry);
        }
        return made;
    }
}
