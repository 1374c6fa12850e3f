package dev.sidecar.autoconfigure.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.Failures;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.discovery.ServiceInstance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.client.discovery.health.DiscoveryClientHealthIndicator;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.configuration.CompatibilityVerifierAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class DiscoveryAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = app("orders", 8080);
    }

    private ApplicationContextRunner app(String name, int port) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SidecarAutoConfiguration.class,
                        DiscoveryAutoConfiguration.class,
                        CommonsClientAutoConfiguration.class,
                        AutoServiceRegistrationAutoConfiguration.class,
                        CompatibilityVerifierAutoConfiguration.class))
                .withPropertyValues(
                        "sidecar.home=" + home,
                        "spring.application.name=" + name,
                        "sidecar.app.instance=" + name + "-1",
                        "sidecar.app.port=" + port);
    }

    @Test
    void registersTheApplicationAndFindsIt() {
        runner.withPropertyValues("sidecar.discovery.metadata.zone=a", "server.ssl.bundle=web")
                .run(context -> await().untilAsserted(() -> assertThat(
                                context.getBean(DiscoveryClient.class).getInstances("orders"))
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.getInstanceId()).isEqualTo("orders-1");
                            assertThat(found.getUri()).hasToString("https://127.0.0.1:8080");
                            assertThat(found.getMetadata()).containsEntry("zone", "a");
                        })));
    }

    @Test
    void findsTheApplicationsOfOtherProcessesOfTheHost() {
        runner.run(context -> app("inventory", 8081).run(other -> {
            DiscoveryClient client = context.getBean(DiscoveryClient.class);
            await().untilAsserted(() -> assertThat(client.getServices()).containsExactly("inventory", "orders"));
            assertThat(client.getInstances("inventory")).hasSize(1);
        }));
    }

    @Test
    void deregistersWhenTheApplicationEnds() {
        runner.withPropertyValues("sidecar.discovery.register=false").run(watcher -> {
            DiscoveryClient client = watcher.getBean(DiscoveryClient.class);
            app("inventory", 8081).run(context -> await().untilAsserted(
                            () -> assertThat(client.getServices()).containsExactly("inventory")));
            await().untilAsserted(() -> assertThat(client.getServices()).isEmpty());
        });
    }

    @Test
    void tellsOfChangesOfServicesThatWereAskedFor() {
        runner.withUserConfiguration(Heartbeats.class).run(context -> {
            context.getBean(DiscoveryClient.class).getInstances("inventory");
            AtomicInteger beats = context.getBean(Heartbeats.class).beats;
            app("inventory", 8081)
                    .run(other -> await().untilAsserted(() -> assertThat(beats).hasPositiveValue()));
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void anInstanceOutOfServiceIsListedAndTakesNoTraffic() {
        runner.run(context -> {
            ServiceRegistry<Registration> registry = context.getBean(ServiceRegistry.class);
            Registration registration = context.getBean(Registration.class);
            DiscoveryClient client = context.getBean(DiscoveryClient.class);
            await().untilAsserted(
                            () -> assertThat(client.getInstances("orders")).hasSize(1));

            Instant first = listed(context.getBean(Sidecar.class)).get(0).registeredAt();

            registry.setStatus(registration, "OUT_OF_SERVICE");
            await().untilAsserted(
                            () -> assertThat(client.getInstances("orders")).isEmpty());
            await().untilAsserted(() -> assertThat(listed(context.getBean(Sidecar.class)))
                    .singleElement()
                    .extracting(ServiceInstance::healthy)
                    .isEqualTo(false));
            assertThat(registry.<String>getStatus(registration)).isEqualTo("OUT_OF_SERVICE");

            registry.setStatus(registration, "UP");
            await().untilAsserted(
                            () -> assertThat(client.getInstances("orders")).hasSize(1));
            assertThat(listed(context.getBean(Sidecar.class)))
                    .as("it was there all the time, in one life of its lease")
                    .singleElement()
                    .extracting(ServiceInstance::registeredAt)
                    .isEqualTo(first);
        });
    }

    @Test
    void springCloudsOwnHealthIndicatorIsContent() {
        runner.run(
                context -> await().untilAsserted(() -> assertThat(context.getBean(DiscoveryClientHealthIndicator.class)
                                .health()
                                .getStatus()
                                .getCode())
                        .isEqualTo("UP")));
    }

    @Test
    void doesNotRegisterWhenToldNotTo() {
        for (String property : List.of(
                "sidecar.discovery.register=false", "spring.cloud.service-registry.auto-registration.enabled=false")) {
            runner.withPropertyValues(property).run(context -> assertThat(context)
                    .hasSingleBean(DiscoveryClient.class)
                    .doesNotHaveBean(SelfRegistration.class));
        }
    }

    @Test
    void isNotThereWhenDisabled() {
        for (String property : List.of(
                "sidecar.enabled=false",
                "sidecar.spring.enabled=false",
                "sidecar.discovery.enabled=false",
                "spring.cloud.discovery.enabled=false")) {
            runner.withPropertyValues(property).run(context -> assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(SidecarDiscoveryClient.class)
                    .doesNotHaveBean(SidecarServiceRegistry.class));
        }
    }

    @Test
    void isNotThereWithoutSpringCloud() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SidecarAutoConfiguration.class, DiscoveryAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home)
                .withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Sidecar.class));
    }

    @Test
    void refusesALeaseThatIsTooShort() {
        runner.withPropertyValues("sidecar.discovery.ttl=10ms")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.discovery.ttl", "'10ms'", "15s"));
    }

    @Test
    void refusesABackendThatIsNone() {
        runner.withPropertyValues("sidecar.discovery.backend=dns")
                .run(context -> assertThat(Failures.describe(context.getStartupFailure()))
                        .contains("sidecar.discovery.backend", "dns", "LOCAL"));
    }

    private static List<ServiceInstance> listed(Sidecar sidecar) {
        return sidecar.discovery().instances("orders").instances();
    }

    @Configuration(proxyBeanMethods = false)
    static class Heartbeats {
        final AtomicInteger beats = new AtomicInteger();

        @EventListener
        void beat(HeartbeatEvent event) {
            beats.incrementAndGet();
        }
    }
}
