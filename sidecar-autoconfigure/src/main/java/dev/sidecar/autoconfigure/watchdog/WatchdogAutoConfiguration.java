package dev.sidecar.autoconfigure.watchdog;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.ConditionalOnSpringSide;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.watchdog.WatchdogOptions;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/** Auto-configuration of the watchdog: the library watches this process, the sidecar gets its heartbeats. */
@AutoConfiguration(after = SidecarAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sidecar.enabled", matchIfMissing = true)
@EnableConfigurationProperties(WatchdogProperties.class)
public final class WatchdogAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static WatchdogOptions sidecarWatchdogOptions(WatchdogProperties properties) {
        return properties.toOptions();
    }

    /** Watches from inside. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.watchdog.enabled", matchIfMissing = true)
    @ConditionalOnBean(LocalSidecar.class)
    static class Inside {

        @Bean
        InsideWatch sidecarInsideWatch(LocalSidecar sidecar, WatchdogProperties properties, ListableBeanFactory beans) {
            return new InsideWatch(sidecar.watchdog(), properties, beans);
        }
    }

    /** Tells the process beside this one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSpringSide
    @ConditionalOnBooleanProperty(name = "sidecar.watchdog.enabled", matchIfMissing = true)
    @ConditionalOnProperty("sidecar.watchdog.heartbeat")
    @ConditionalOnBean(RemoteSidecar.class)
    static class Outside {

        @Bean
        HeartbeatSender sidecarHeartbeatSender(
                Sidecar sidecar, WatchdogOptions options, ObjectProvider<ApplicationAvailability> availability) {
            return new HeartbeatSender(sidecar.watchdog(), options, availability);
        }
    }
}
