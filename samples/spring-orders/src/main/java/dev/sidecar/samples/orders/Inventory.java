package dev.sidecar.samples.orders;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The service {@code inventory}, wherever it runs. */
@Component
class Inventory {

    /** No instance takes traffic. */
    static final class NotRunning extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotRunning() {
            super("no inventory is running");
        }
    }

    private final DiscoveryClient discovery;
    private final RestClient http;
    private final AtomicInteger turn = new AtomicInteger();

    Inventory(DiscoveryClient discovery) {
        this.discovery = discovery;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build());
        requests.setReadTimeout(Duration.ofSeconds(2));
        this.http = RestClient.builder()
                .requestFactory(requests)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
    }

    /** The inventory's own answer, good or bad. */
    ResponseEntity<String> reserve(Order order) {
        List<ServiceInstance> instances = discovery.getInstances("inventory");
        if (instances.isEmpty()) {
            throw new NotRunning();
        }
        ServiceInstance next = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
        return http.post()
                .uri(next.getUri().resolve("/reserve"))
                .body(order)
                .retrieve()
                .toEntity(String.class);
    }
}
