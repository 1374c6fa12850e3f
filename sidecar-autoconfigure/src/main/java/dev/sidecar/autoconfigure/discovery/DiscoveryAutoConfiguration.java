package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.Identity;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.ConditionalOnSpringSide;
import dev.sidecar.autoconfigure.SidecarMeters;
import dev.sidecar.autoconfigure.SidecarProperties;
import dev.sidecar.discovery.DiscoveryOptions;
import dev.sidecar.discovery.Registrar;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Auto-configuration of discovery, and of Spring Cloud's view of it where Spring Cloud Commons is there. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.cloud.client.CommonsClientAutoConfiguration",
            "org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration",
            "org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class DiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static DiscoveryOptions sidecarDiscoveryOptions(DiscoveryProperties properties) {
        return properties.toOptions();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DiscoveryClient.class)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.discovery.enabled", matchIfMissing = true)
    @ConditionalOnDiscoveryEnabled
    static class SpringCloud {

        @Bean
        @ConditionalOnBooleanProperty(name = "spring.cloud.discovery.blocking.enabled", matchIfMissing = true)
        SidecarDiscoveryClient sidecarDiscoveryClient(Sidecar sidecar, ServiceChanges changes) {
            return new SidecarDiscoveryClient(sidecar.discovery(), changes);
        }

        @Bean
        ServiceChanges sidecarServiceChanges(Sidecar sidecar, ApplicationEventPublisher publisher) {
            return new ServiceChanges(sidecar.discovery(), publisher);
        }

        @Bean
        @ConditionalOnMissingBean
        Registrar sidecarRegistrar(Sidecar sidecar, SidecarMeters meters) {
            return new Registrar(sidecar.discovery(), sidecar.health(), meters.registry());
        }

        @Bean
        SidecarServiceRegistry sidecarServiceRegistry(Registrar registrar) {
            return new SidecarServiceRegistry(registrar);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DiscoveryClient.class)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(
            name = {
                "sidecar.discovery.enabled",
                "sidecar.discovery.register",
                "spring.cloud.service-registry.auto-registration.enabled"
            },
            matchIfMissing = true)
    @ConditionalOnDiscoveryEnabled
    @ConditionalOnMissingBean(Registration.class)
    static class Self {

        @Bean
        SidecarRegistration sidecarRegistration(
                Identity identity, SidecarProperties sidecar, DiscoveryProperties properties, Environment environment) {
            return new SidecarRegistration(identity, sidecar.app(), properties, environment);
        }

        @Bean
        SelfRegistration sidecarSelfRegistration(
                SidecarServiceRegistry registry,
                SidecarRegistration registration,
                ApplicationEventPublisher publisher) {
            return new SelfRegistration(registry, registration, publisher);
        }
    }
}
