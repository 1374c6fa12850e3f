package dev.sidecar.autoconfigure.actuate;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the actuator endpoint. */
@AutoConfiguration(after = SidecarAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Sidecar.class)
public final class ActuateAutoConfiguration {

    /** On its own, so that its condition is not looked at where actuator is not there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(SidecarEndpoint.class)
    static class Exposed {

        @Bean
        @ConditionalOnMissingBean
        SidecarEndpoint sidecarEndpoint(Sidecar sidecar, ObjectProvider<InfoSource> info) {
            return new SidecarEndpoint(sidecar, info.getIfAvailable(() -> sidecar::info));
        }
    }
}
