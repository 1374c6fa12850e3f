package dev.sidecar.autoconfigure.logging;

import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.logging.LoggingOptions;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the logging pipeline. */
@AutoConfiguration(before = SidecarAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LoggingProperties.class)
public final class LoggingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    LoggingOptions sidecarLoggingOptions(LoggingProperties properties) {
        return properties.toOptions();
    }
}
