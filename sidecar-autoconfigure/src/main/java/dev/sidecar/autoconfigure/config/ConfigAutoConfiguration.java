package dev.sidecar.autoconfigure.config;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.ConditionalOnSpringSide;
import dev.sidecar.config.ConfigOptions;
import dev.sidecar.config.layers.EnvironmentOptions;
import dev.sidecar.config.layers.LayerOptions;
import dev.sidecar.config.layers.LowerLayers;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;

/** Auto-configuration of configuration: the layers of the library, and the values in Spring's environment. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConfigProperties.class)
public final class ConfigAutoConfiguration {

    /** Lazy, because beside a sidecar nobody asks for it, and files would be read for nothing. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ConfigOptions sidecarConfigOptions(ConfigProperties properties, ConfigurableEnvironment environment) {
        Map<String, String> variables = new HashMap<>();
        environment.getSystemEnvironment().forEach((name, value) -> variables.put(name, String.valueOf(value)));
        LayerOptions layers = new LayerOptions(
                ValuesBelow.of(environment, "sidecar.config.defaults"),
                ValuesBelow.of(environment, "sidecar.config.values"),
                properties.files(),
                new EnvironmentOptions(
                        properties.environment().prefixes(),
                        properties.environment().names()));
        return new ConfigOptions(LowerLayers.of(layers, variables));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.config.enabled", matchIfMissing = true)
    static class Values {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ValuesInEnvironment sidecarValuesInEnvironment() {
            return new ValuesInEnvironment();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ConfigRefresh sidecarConfigRefresh(
                Sidecar sidecar, ValuesInEnvironment environment, ObjectProvider<ConfigRefresh.ChangedNames> changed) {
            return new ConfigRefresh(sidecar, environment, changed.getIfAvailable(() -> names -> {}));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.config.enabled", matchIfMissing = true)
    @ConditionalOnProperty(name = "sidecar.delivery", havingValue = "library", matchIfMissing = true)
    static class Rendering {

        @Bean
        LibraryRendering sidecarLibraryRendering(Sidecar sidecar, ConfigProperties properties) {
            return new LibraryRendering(sidecar, properties);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnvironmentChangeEvent.class)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.config.enabled", matchIfMissing = true)
    static class Cloud {

        @Bean
        static CloudRefresh sidecarCloudRefresh(
                ConfigurableApplicationContext context, ObjectProvider<RefreshScope> scope) {
            return new CloudRefresh(context, scope);
        }
    }
}
