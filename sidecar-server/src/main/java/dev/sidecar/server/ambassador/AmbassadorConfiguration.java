package dev.sidecar.server.ambassador;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.server.ConfigurationSource;
import dev.sidecar.server.proxy.Decision;
import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.Mirror;
import dev.sidecar.server.proxy.Router;
import dev.sidecar.server.proxy.record.RequestMeters;
import dev.sidecar.server.proxy.tls.TlsReloading;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The ambassador's port, where it has one, and the way through the API, which needs none. Without a port nothing of
 * Netty is loaded before the first call.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AmbassadorProperties.class)
public class AmbassadorConfiguration {

    @Bean(destroyMethod = "close")
    RouteTable ambassadorRoutes(
            AmbassadorProperties properties,
            LocalSidecar sidecar,
            ResilienceOptions resilience,
            ObjectProvider<EventLoops> loops,
            TlsReloading reloading,
            ObjectProvider<RequestRecord> ambassadorRecord) {
        RouteTable table = new RouteTable(
                sidecar.resilience(),
                reloading,
                (from, to) -> mirror(from, to, loops.getIfAvailable(), ambassadorRecord));
        try {
            table.hold(properties, resilience);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(e);
        }
        return table;
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnBean(ConfigurationSource.class)
    @ConditionalOnProperty("sidecar.ambassador.port")
    RouteChanges routeChanges(
            ConfigurationSource source,
            ConfigurableEnvironment environment,
            LocalSidecar sidecar,
            TlsReloading ticks,
            RouteTable table,
            RequestRecord ambassadorRecord) {
        return new RouteChanges(source, environment, sidecar.resilience(), ticks, (properties, resilience) -> {
            table.hold(properties, resilience);
            ambassadorRecord.hold(properties.accessLog());
        });
    }

    private static @Nullable Mirror mirror(
            AmbassadorRoute from,
            AmbassadorRoute to,
            @Nullable EventLoops loops,
            ObjectProvider<RequestRecord> listener) {
        Router always = (request, origin) -> new Decision.Forward(to.route(), from.edit());
        return loops == null ? null : new Mirror(loops, always, listener.getObject());
    }

    @Bean
    @Lazy
    RequestRecord ambassadorRecord(AmbassadorProperties properties, LocalSidecar sidecar, MeterRegistry meters) {
        RequestMeters counted = new RequestMeters(meters, "sidecar.ambassador.requests");
        return new RequestRecord(counted, sidecar.logs(), properties.accessLog());
    }

    @Bean(destroyMethod = "close")
    Invoker invoker(
            ObjectProvider<EventLoops> loops,
            ObjectProvider<RouteTable> routes,
            ObjectProvider<LocalSidecar> sidecar,
            ObjectProvider<RequestRecord> ambassadorRecord) {
        return new Invoker(
                loops::getIfAvailable,
                () -> new InvokeRouter(routes.getObject(), sidecar.getObject().resilience()),
                ambassadorRecord::getObject);
    }

    @Bean
    ServletRegistrationBean<InvokeServlet> invokeServlet(Invoker invoker) {
        ServletRegistrationBean<InvokeServlet> registration =
                new ServletRegistrationBean<>(new InvokeServlet(invoker), InvokeServlet.MAPPING);
        registration.setName("invoke");
        return registration;
    }

    private static SidecarException invalid(Exception e) {
        String said = String.valueOf(e.getMessage());
        String detail = said.startsWith("sidecar.") ? said : "sidecar.ambassador: " + said;
        return new SidecarException(Problem.of(400, "invalid-configuration", detail), e);
    }

    /** The port. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("sidecar.ambassador.port")
    static class Port {

        @Bean(destroyMethod = "close")
        Ambassador ambassador(
                AmbassadorProperties properties, RouteTable routes, EventLoops loops, RequestRecord ambassadorRecord) {
            try {
                return Ambassador.start(properties, loops, routes, ambassadorRecord);
            } catch (IOException e) {
                throw invalid(e);
            }
        }
    }
}
