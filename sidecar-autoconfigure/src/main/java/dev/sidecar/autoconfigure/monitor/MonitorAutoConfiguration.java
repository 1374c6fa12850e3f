package dev.sidecar.autoconfigure.monitor;

import dev.sidecar.SidecarException;
import dev.sidecar.monitor.MonitorOptions;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the monitor. */
@AutoConfiguration
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
}
