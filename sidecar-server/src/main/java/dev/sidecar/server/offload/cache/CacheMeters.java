package dev.sidecar.server.offload.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How often a request was answered from the cache, and how often not. */
final class CacheMeters {

    static final String HIT = "hit";
    static final String STALE = "stale";
    static final String VALIDATED = "validated";
    static final String MISS = "miss";

    private final Map<String, Counter> byResult;

    CacheMeters(MeterRegistry registry) {
        byResult = List.of(HIT, STALE, VALIDATED, MISS).stream()
                .collect(Collectors.toMap(
                        Function.identity(), result -> Counter.builder("sidecar.offload.cache.requests")
                                .description("Requests that may be answered from the cache")
                                .tag("result", result)
                                .register(registry)));
    }

    void count(String result) {
        Counter counter = byResult.get(result);
        if (counter != null) {
            counter.increment();
        }
    }
}
