package dev.sidecar.server;

import dev.sidecar.server.health.HealthCheckController;
import dev.sidecar.server.health.HealthController;
import dev.sidecar.server.health.MaintenanceController;
import dev.sidecar.server.logging.LoggingApi;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** What the process is made of. Listed by hand: nothing is scanned, so nothing is there by accident. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({LoggingApi.class, HealthController.class, HealthCheckController.class, MaintenanceController.class})
public class ServerApplication {}
