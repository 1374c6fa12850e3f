package dev.sidecar.client.config;

import dev.sidecar.client.transport.Api;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps numbers of values as exact as they were written. */
final class ExactJson {

    static final JsonMapper MAPPER = Api.json()
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ExactJson() {}
}
