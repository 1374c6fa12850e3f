package dev.sidecar.autoconfigure.monitor;

import dev.sidecar.Identity;
import dev.sidecar.SidecarException;
import dev.sidecar.monitor.MonitorOptions;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the monitor. */
@AutoConfiguration(
        beforeName =
                "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MonitorProperties.class)
public final class MonitorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static MonitorOptions sidecarMonitorOptions(MonitorProperties properties) {
        try {
            return properties.toOptions();
        } catch (IllegalArgumentException e) {
            throw SidecarException.invalid("invalid-configuration", String.valueOf(e.getMessage()));
        }
    }

    /** On its own, so that Micrometer's exporter is not looked for where nobody wants it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(OtlpMeterRegistry.class)
    @ConditionalOnProperty("sidecar.monitor.otlp.endpoint")
    @ConditionalOnBooleanProperty(name = "sidecar.monitor.enabled", matchIfMissing = true)
    static class Export {

        @Bean
        @ConditionalOnMissingBean
        OtlpMeterRegistry sidecarOtlpMeterRegistry(MonitorProperties properties, Identity identity) {
            String endpoint = Objects.requireNonNull(properties.otlp().endpoint());
            return new OtlpMeterRegistry(
                    new OtlpSettings(endpoint, properties.otlp().headers(), properties.interval(), identity.name()),
                    Clock.SYSTEM);
        }
    }
}
