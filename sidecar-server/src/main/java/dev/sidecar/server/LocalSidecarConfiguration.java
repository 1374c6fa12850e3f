package dev.sidecar.server;

import dev.sidecar.Identity;
import dev.sidecar.LifecycleState;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.lifecycle.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The engines, and stand-ins for what a process without an application does not have. */
@Configuration(proxyBeanMethods = false)
class LocalSidecarConfiguration {

    @Bean
    SidecarHome sidecarHome(Environment environment) {
        String home = environment.getProperty("sidecar.home");
        return home == null || home.isBlank()
                ? SidecarHome.byDefault()
                : new SidecarHome(Path.of(home).toAbsolutePath());
    }

    @Bean
    @ConditionalOnMissingBean(Sidecar.class)
    LocalSidecar sidecar(AppProperties app, SidecarHome home, MeterRegistry meters) {
        String host = hostName();
        String instance =
                app.instance() == null ? host + "-" + ProcessHandle.current().pid() : app.instance();
        return LocalSidecar.start(
                new LocalContext(new Identity(app.name(), instance, host), home, meters), SidecarOptions.defaults());
    }

    @Bean
    @ConditionalOnMissingBean
    Lifecycle lifecycle() {
        return new Lifecycle() {
            @Override
            public LifecycleState state() {
                return LifecycleState.READY;
            }

            @Override
            public void drain() {}

            @Override
            public void requestShutdown(String reason) {}
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
