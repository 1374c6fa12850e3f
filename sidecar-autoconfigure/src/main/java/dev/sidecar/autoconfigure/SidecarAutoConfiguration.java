package dev.sidecar.autoconfigure;

import dev.sidecar.Delivery;
import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.Problem;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.SidecarOptions;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.config.ConfigOptions;
import dev.sidecar.discovery.DiscoveryOptions;
import dev.sidecar.environment.EnvironmentOptions;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.monitor.MonitorOptions;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.watchdog.WatchdogOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the {@link Sidecar} bean: a {@link LocalSidecar} or a {@link RemoteSidecar}, by
 * {@code sidecar.delivery}. Options of the engines are beans that the features contribute; without one its defaults
 * hold.
 *
 * <p>The beans have the infrastructure role because the log appender needs them before the application's own beans
 * are made.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SidecarProperties.class)
public final class SidecarAutoConfiguration {

    @Bean
    static EarlyProperties sidecarEarlyProperties() {
        return new EarlyProperties();
    }

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Identity sidecarIdentity(SidecarProperties properties, Environment environment) {
        return ApplicationIdentity.of(properties.app(), environment);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnDelivery(Delivery.LIBRARY)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SidecarHome sidecarHome(SidecarProperties properties) {
        return properties.home() == null ? SidecarHome.byDefault() : HomeDirectory.of(properties.home());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static SidecarMeters sidecarMeters(
            ObjectProvider<MeterRegistry> application, ObjectProvider<LoggingSystem> logging) {
        return new SidecarMeters(application, logging);
    }

    @Bean
    @ConditionalOnMissingBean(Sidecar.class)
    @ConditionalOnDelivery(Delivery.LIBRARY)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LocalSidecar localSidecar(
            Identity identity,
            SidecarHome home,
            SidecarMeters meters,
            ObjectProvider<LoggingOptions> logging,
            ObjectProvider<DiscoveryOptions> discovery,
            ObjectProvider<HealthOptions> health,
            ObjectProvider<WatchdogOptions> watchdog,
            ObjectProvider<ConfigOptions> config,
            ObjectProvider<ResilienceOptions> resilience,
            ObjectProvider<EnvironmentOptions> environment,
            ObjectProvider<MonitorOptions> monitor,
            ObjectProvider<AppRoot> app) {
        return start(
                new LocalContext(identity, home, meters.registry(), app.getIfAvailable(AppRoot::thisProcess)),
                new SidecarOptions(
                        logging.getIfAvailable(LoggingOptions::defaults),
                        discovery.getIfAvailable(DiscoveryOptions::defaults),
                        health.getIfAvailable(HealthOptions::defaults),
                        watchdog.getIfAvailable(WatchdogOptions::defaults),
                        config.getIfAvailable(ConfigOptions::defaults),
                        resilience.getIfAvailable(() -> ResilienceOptions.DEFAULT),
                        environment.getIfAvailable(EnvironmentOptions::defaults),
                        monitor.getIfAvailable(MonitorOptions::defaults)));
    }

    private static LocalSidecar start(LocalContext context, SidecarOptions options) {
        try {
            return LocalSidecar.start(context, options);
        } catch (IllegalArgumentException e) {
            throw new SidecarException(Problem.of(400, "invalid-configuration", String.valueOf(e.getMessage())), e);
        }
    }

    /** Does not wait for the sidecar to answer: the application starts without it and is DEGRADED until then. */
    @Bean
    @ConditionalOnMissingBean(Sidecar.class)
    @ConditionalOnDelivery(Delivery.SIDECAR)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static RemoteSidecar remoteSidecar(SidecarProperties properties, SidecarMeters meters, Environment environment) {
        return RemoteSidecar.connect(new RemoteOptions(
                SidecarLocation.find(properties, environment),
                properties.token(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                meters.registry()));
    }

    @Bean
    @ConditionalOnDelivery(Delivery.SIDECAR)
    @ConditionalOnSingleCandidate(RemoteSidecar.class)
    static RelayedMeters sidecarRelayedMeters(RemoteSidecar sidecar, ObjectProvider<MeterRegistry> application) {
        return new RelayedMeters(sidecar, application);
    }
}
