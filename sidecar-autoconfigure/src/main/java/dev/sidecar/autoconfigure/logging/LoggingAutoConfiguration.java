package dev.sidecar.autoconfigure.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.ConditionalOnSpringSide;
import dev.sidecar.logging.LoggingOptions;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the logging pipeline, and of the Logback appender that feeds it. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LoggingProperties.class)
public final class LoggingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LoggingOptions sidecarLoggingOptions(LoggingProperties properties) {
        return properties.toOptions();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(LoggerContext.class)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.logging.enabled", matchIfMissing = true)
    static class Logback {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static LogbackPipeline sidecarLogbackPipeline(Sidecar sidecar, LoggingProperties properties) {
            return new LogbackPipeline(sidecar, properties.console().enabled());
        }
    }
}
