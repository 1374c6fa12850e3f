package dev.sidecar.samples.orders;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The service {@code inventory}, wherever it runs. */
@Component
class Inventory {

    private final RestClient http;

    Inventory(RestClient.Builder builder) {
        this.http = builder.baseUrl("http://inventory")
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {})
                .build();
    }

    /** The inventory's own answer, good or bad, or why there is none. */
    ResponseEntity<String> reserve(Order order) {
        return http.post().uri("/reserve").body(order).retrieve().toEntity(String.class);
    }
}
