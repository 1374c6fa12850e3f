package dev.sidecar.autoconfigure.environment;

import dev.sidecar.environment.EnvironmentOptions;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration of environment. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EnvironmentProperties.class)
public final class EnvironmentAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static EnvironmentOptions sidecarEnvironmentOptions(EnvironmentProperties properties) {
        return properties.toOptions();
    }
}
