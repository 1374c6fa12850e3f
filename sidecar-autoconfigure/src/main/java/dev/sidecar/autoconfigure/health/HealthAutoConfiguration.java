package dev.sidecar.autoconfigure.health;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.ConditionalOnSpringSide;
import dev.sidecar.autoconfigure.SidecarProperties;
import dev.sidecar.health.CheckDefinition;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.health.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Auto-configuration of health, and of the bridge to Spring Boot's own. */
@AutoConfiguration(
        afterName = "org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration",
        beforeName = {
            "org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration",
            "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HealthProperties.class)
public final class HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static HealthOptions sidecarHealthOptions(HealthProperties properties) {
        return properties.toOptions();
    }

    /** What the application is, told to the sidecar, and what the operator says, told to the application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.health.enabled", matchIfMissing = true)
    @ConditionalOnBean(ApplicationAvailability.class)
    static class Availability {

        @Bean
        ReadinessReporter sidecarReadinessReporter(Sidecar sidecar, HealthOptions options, Readiness readiness) {
            List<CheckDefinition> definitions = new ArrayList<>(options.checks());
            if (definitions.stream().noneMatch(check -> check.name().equals(ReadinessReporter.CHECK))) {
                definitions.add(ReadinessReporter.definition());
            }
            return new ReadinessReporter(sidecar.health(), readiness, definitions);
        }

        @Bean
        MaintenanceGate sidecarMaintenanceGate(
                Sidecar sidecar, ApplicationAvailability availability, ApplicationEventPublisher publisher) {
            return new MaintenanceGate(sidecar.health(), availability, publisher);
        }

        @Bean
        @ConditionalOnMissingBean(Readiness.class)
        Readiness sidecarReadiness(ApplicationAvailability availability, ObjectProvider<ReadinessProbe> probe) {
            Readiness said = () -> availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                    ? HealthStatus.UP
                    : HealthStatus.DOWN;
            ReadinessProbe available = probe.getIfAvailable();
            return available == null ? said : () -> available.now().orElseGet(said::now);
        }
    }

    /** Sidecar on the health endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.health.enabled", matchIfMissing = true)
    @ConditionalOnClass({HealthEndpoint.class, HealthIndicator.class})
    static class Endpoint {

        @Bean
        @ConditionalOnEnabledHealthIndicator("sidecar")
        @ConditionalOnMissingBean(name = "sidecarHealthIndicator")
        SidecarHealthIndicator sidecarHealthIndicator(Sidecar sidecar, SidecarProperties properties) {
            return new SidecarHealthIndicator(
                    sidecar, properties.delivery().name().toLowerCase(Locale.ROOT));
        }

        @Bean
        @ConditionalOnEnabledHealthIndicator("sidecar")
        @ConditionalOnMissingBean(name = "sidecarChecksHealthContributor")
        ChecksHealthContributor sidecarChecksHealthContributor(Sidecar sidecar) {
            return new ChecksHealthContributor(sidecar.health());
        }

        /** Spring Boot does not know DEGRADED and would leave it out; it is put between bad and UP. */
        @Bean
        @ConditionalOnMissingBean
        StatusAggregator healthStatusAggregator(ObjectProvider<HealthEndpointProperties> properties) {
            HealthEndpointProperties set = properties.getIfAvailable();
            return set == null || set.getStatus().getOrder().isEmpty()
                    ? StatusAggregator.of("DOWN", "OUT_OF_SERVICE", "DEGRADED", "UP", "UNKNOWN")
                    : StatusAggregator.of(set.getStatus().getOrder());
        }

        @Bean
        ReadinessProbe sidecarReadinessProbe(ObjectProvider<HealthEndpoint> endpoint) {
            return new ReadinessProbe(endpoint);
        }
    }
}
