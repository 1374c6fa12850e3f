package dev.sidecar.server.logging;

import dev.sidecar.Sidecar;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/** The logging part of the API, as one thing to import. */
@Configuration(proxyBeanMethods = false)
@Import(LogsController.class)
public class LoggingApi {

    @Bean
    RequestBody logRequestBody(@Value("${sidecar.api.max-body-size:4MB}") DataSize limit) {
        return new RequestBody(limit);
    }

    @Bean
    LogStream logStream(Sidecar sidecar) {
        return new LogStream(sidecar.logs());
    }
}
