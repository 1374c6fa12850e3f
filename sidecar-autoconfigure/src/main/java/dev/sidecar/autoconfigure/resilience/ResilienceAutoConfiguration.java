package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.ConditionalOnSpringSide;
import dev.sidecar.autoconfigure.SidecarMeters;
import dev.sidecar.resilience.ResilienceOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;

/** Auto-configuration of calls to neighbours by name. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ResilienceProperties.class)
public final class ResilienceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ResilienceOptions sidecarResilienceOptions(ResilienceProperties properties) {
        return properties.toOptions();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.resilience.enabled", matchIfMissing = true)
    static class Calls {

        @Bean
        @Lazy
        InProcessEngine sidecarInProcessEngine(Sidecar sidecar, ResilienceOptions options, SidecarMeters meters) {
            return new InProcessEngine(sidecar, options, meters);
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(RestClientCustomizer.class)
        static class Blocking {

            @Bean
            @Lazy
            ResilientRequestInterceptor sidecarRequestInterceptor(InProcessEngine engine) {
                return new ResilientRequestInterceptor(engine.engine());
            }

            /** Last, so that what the others add to the request is there in every try. */
            @Bean
            @Order(Ordered.LOWEST_PRECEDENCE)
            RestClientCustomizer sidecarRestClientCustomizer(ObjectProvider<ResilientRequestInterceptor> interceptor) {
                return builder -> builder.requestInterceptor(interceptor.getObject());
            }

            @Bean
            @Order(Ordered.LOWEST_PRECEDENCE)
            RestTemplateCustomizer sidecarRestTemplateCustomizer(
                    ObjectProvider<ResilientRequestInterceptor> interceptor) {
                return template -> template.getInterceptors().add(interceptor.getObject());
            }
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass({WebClientCustomizer.class, WebClient.class})
        static class Reactive {

            @Bean
            @Order(Ordered.LOWEST_PRECEDENCE)
            WebClientCustomizer sidecarWebClientCustomizer(ObjectProvider<InProcessEngine> engine) {
                return builder -> builder.filter(
                        new ResilientExchangeFilter(engine.getObject().engine()));
            }
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(CircuitBreakerFactory.class)
        static class Breakers {

            @Bean
            @Lazy
            @ConditionalOnMissingBean(CircuitBreakerFactory.class)
            SidecarCircuitBreakerFactory sidecarCircuitBreakerFactory(InProcessEngine engine) {
                return new SidecarCircuitBreakerFactory(engine.engine());
            }
        }
    }
}
