package dev.sidecar.server.logging;

import dev.sidecar.server.api.ApiProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The logging part of the API, as one thing to import. */
@Configuration(proxyBeanMethods = false)
@Import(LogsController.class)
public class LoggingApi {

    @Bean
    RequestBody logRequestBody(ApiProperties api) {
        return new RequestBody(api.maxBodySize());
    }
}
