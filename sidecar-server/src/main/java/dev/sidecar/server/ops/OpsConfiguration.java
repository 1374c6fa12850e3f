package dev.sidecar.server.ops;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.actuate.ActuateAutoConfiguration;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.logging.LoggersEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsEndpointAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.actuate.endpoint.web.WebMvcHealthEndpointExtensionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The page and the actuator, of which only what operators of a sidecar use. */
@Configuration(proxyBeanMethods = false)
@Import(OpsPage.class)
@ImportAutoConfiguration({
    EndpointAutoConfiguration.class,
    WebEndpointAutoConfiguration.class,
    ManagementContextAutoConfiguration.class,
    ServletManagementContextAutoConfiguration.class,
    HealthContributorRegistryAutoConfiguration.class,
    HealthEndpointAutoConfiguration.class,
    WebMvcHealthEndpointExtensionAutoConfiguration.class,
    InfoContributorAutoConfiguration.class,
    InfoEndpointAutoConfiguration.class,
    LoggersEndpointAutoConfiguration.class,
    MetricsAutoConfiguration.class,
    CompositeMeterRegistryAutoConfiguration.class,
    PrometheusMetricsExportAutoConfiguration.class,
    MetricsEndpointAutoConfiguration.class,
    JvmMetricsAutoConfiguration.class,
    SystemMetricsAutoConfiguration.class,
    ActuateAutoConfiguration.class
})
public class OpsConfiguration {

    /** The status alone: this is open to anybody who reaches the port, and what checks say is not for everybody. */
    @Bean
    HealthIndicator sidecarHealthIndicator(Sidecar sidecar) {
        return () -> shown(status(sidecar));
    }

    /** For {@code /actuator/health/liveness}, where orchestrators look for it. */
    @Bean
    HealthIndicator liveHealthIndicator(Sidecar sidecar) {
        return () -> shown(sidecar.health().report(HealthGroup.LIVE).status());
    }

    /** For {@code /actuator/health/readiness}. */
    @Bean
    HealthIndicator readyHealthIndicator(Sidecar sidecar) {
        return () -> shown(sidecar.health().report(HealthGroup.READY).status());
    }

    /** What the checks say; where they find nothing wrong, whether the sidecar itself is whole. */
    private static HealthStatus status(Sidecar sidecar) {
        HealthStatus checks = sidecar.health().report().status();
        return checks == HealthStatus.UP ? sidecar.status().status() : checks;
    }

    private static Health shown(HealthStatus status) {
        return Health.status(status.name()).build();
    }
}
