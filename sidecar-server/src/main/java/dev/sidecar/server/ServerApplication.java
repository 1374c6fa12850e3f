package dev.sidecar.server;

import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.autoconfigure.config.ConfigAutoConfiguration;
import dev.sidecar.autoconfigure.discovery.DiscoveryAutoConfiguration;
import dev.sidecar.autoconfigure.environment.EnvironmentAutoConfiguration;
import dev.sidecar.autoconfigure.health.HealthAutoConfiguration;
import dev.sidecar.autoconfigure.logging.LoggingAutoConfiguration;
import dev.sidecar.autoconfigure.monitor.MonitorAutoConfiguration;
import dev.sidecar.autoconfigure.resilience.ResilienceAutoConfiguration;
import dev.sidecar.autoconfigure.watchdog.WatchdogAutoConfiguration;
import dev.sidecar.server.ambassador.AmbassadorConfiguration;
import dev.sidecar.server.api.ApiConfiguration;
import dev.sidecar.server.api.ApiProperties;
import dev.sidecar.server.config.ConfigApi;
import dev.sidecar.server.discovery.DiscoveryApi;
import dev.sidecar.server.edge.EdgeConfiguration;
import dev.sidecar.server.environment.EnvironmentController;
import dev.sidecar.server.health.HealthCheckController;
import dev.sidecar.server.health.HealthController;
import dev.sidecar.server.health.MaintenanceController;
import dev.sidecar.server.lifecycle.LifecycleConfiguration;
import dev.sidecar.server.listener.ListenerConfiguration;
import dev.sidecar.server.logging.LoggingApi;
import dev.sidecar.server.monitor.MonitorController;
import dev.sidecar.server.offload.OffloadConfiguration;
import dev.sidecar.server.ops.OpsConfiguration;
import dev.sidecar.server.ops.OpsProperties;
import dev.sidecar.server.proxy.ProxyConfiguration;
import dev.sidecar.server.resilience.ResilienceController;
import dev.sidecar.server.security.SecurityConfiguration;
import dev.sidecar.server.supervisor.SupervisorConfiguration;
import dev.sidecar.server.watchdog.WatchdogController;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/** What the process is made of. Listed by hand: nothing is scanned, so nothing is there by accident. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    SidecarAutoConfiguration.class,
    LoggingAutoConfiguration.class,
    DiscoveryAutoConfiguration.class,
    HealthAutoConfiguration.class,
    WatchdogAutoConfiguration.class,
    ConfigAutoConfiguration.class,
    ResilienceAutoConfiguration.class,
    EnvironmentAutoConfiguration.class,
    MonitorAutoConfiguration.class
})
@EnableConfigurationProperties({ApiProperties.class, AppProperties.class, OpsProperties.class, ShutdownProperties.class
})
@Import({
    LifecycleConfiguration.class,
    SupervisorConfiguration.class,
    ListenerConfiguration.class,
    SecurityConfiguration.class,
    ApiConfiguration.class,
    OpsConfiguration.class,
    ProxyConfiguration.class,
    AmbassadorConfiguration.class,
    OffloadConfiguration.class,
    LoggingApi.class,
    DiscoveryApi.class,
    ConfigApi.class,
    EdgeConfiguration.class,
    HealthController.class,
    HealthCheckController.class,
    MaintenanceController.class,
    WatchdogController.class,
    ResilienceController.class,
    EnvironmentController.class,
    MonitorController.class
})
public class ServerApplication {

    /**
     * What is not the user's to change. The environment belongs to the application too, and what it sets there for
     * its own Spring must not change this process.
     */
    private static final Map<String, Object> FIXED = Map.ofEntries(
            Map.entry("sidecar.enabled", "true"),
            Map.entry("sidecar.delivery", "library"),
            Map.entry("sidecar.spring.enabled", "false"),
            Map.entry("spring.jmx.enabled", "false"),
            Map.entry("spring.main.keep-alive", "false"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "2s"),
            Map.entry("management.server.port", ""),
            Map.entry("management.endpoints.access.default", "read-only"),
            Map.entry("management.endpoint.loggers.access", "unrestricted"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus,metrics,loggers,sidecar"),
            Map.entry("management.endpoint.health.show-details", "always"),
            Map.entry("management.endpoint.health.probes.enabled", "false"),
            Map.entry("management.endpoint.health.group.liveness.include", "live"),
            Map.entry("management.endpoint.health.group.readiness.include", "ready"),
            Map.entry("management.endpoint.health.status.order", "DOWN,OUT_OF_SERVICE,DEGRADED,UP,UNKNOWN"));

    /** The process, not started yet; who starts it handles signals and failures. */
    public static SpringApplication create() {
        SpringApplication application = new SpringApplication(ServerApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context ->
                context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("sidecar-fixed", FIXED)));
        return application;
    }
}
