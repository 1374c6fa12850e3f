package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.discovery.DiscoveryOptions;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration of discovery. */
@AutoConfiguration(before = SidecarAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class DiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    DiscoveryOptions sidecarDiscoveryOptions(DiscoveryProperties properties) {
        return properties.toOptions();
    }
}
