package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import dev.sidecar.LocalSidecar;
import dev.sidecar.autoconfigure.config.ConfigProperties;
import dev.sidecar.autoconfigure.discovery.DiscoveryProperties;
import dev.sidecar.autoconfigure.watchdog.WatchdogProperties;
import dev.sidecar.health.HealthOptions;
import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.AppProperties;
import dev.sidecar.server.ShutdownProperties;
import dev.sidecar.server.ambassador.Ambassador;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.listener.Listeners;
import dev.sidecar.server.security.ApiToken;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The supervisor, for the verbs that need it; in other contexts it is never made. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SupervisorProperties.class)
public class SupervisorConfiguration {

    @Bean
    @Lazy
    PairRunner pairRunner(
            LocalSidecar sidecar,
            Identity identity,
            PairLifecycle lifecycle,
            SupervisorProperties properties,
            PairRunner.RegistrationWish wish,
            ShutdownProperties shutdown,
            Addresses addresses,
            WatchdogProperties watchdog,
            SidecarHome home,
            AppRoot app,
            ConfigProperties config) {
        AppConfig rendered = config.enabled()
                ? new AppConfig(config.renderedFiles(), config.renderedVariables())
                : new AppConfig(List.of(), List.of());
        return new PairRunner(
                sidecar,
                identity,
                lifecycle,
                properties,
                wish,
                shutdown.propagation(),
                addresses,
                watchdog,
                home,
                app,
                rendered);
    }

    /** What the engines measure and describe is the application, not this process. */
    @Bean
    AppRoot appRoot() {
        return AppRoot.unknown();
    }

    @Bean
    @Lazy
    PairRunner.RegistrationWish registrationWish(
            AppProperties app, DiscoveryProperties discovery, HealthOptions health) {
        return new PairRunner.RegistrationWish(
                discovery.register(),
                app.port(),
                app.address(),
                discovery.ttl(),
                discovery.metadata(),
                health.checks());
    }

    /** Lazy because the ports are known only when the web server has started. */
    @Bean
    @Lazy
    Addresses addresses(Listeners listeners, ApiToken token, ObjectProvider<Ambassador> ambassador) {
        return new Addresses(
                listeners.apiUrl(),
                Optional.of(listeners.socket()),
                Optional.of(listeners.opsUrl()),
                Optional.ofNullable(ambassador.getIfAvailable()).map(Ambassador::url),
                token.value(),
                List.of(listeners.socket(), token.file()));
    }
}
