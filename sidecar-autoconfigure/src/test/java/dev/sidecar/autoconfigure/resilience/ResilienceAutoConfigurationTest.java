package dev.sidecar.autoconfigure.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.Failures;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.discovery.Registration;
import dev.sidecar.resilience.BalancingStrategy;
import dev.sidecar.resilience.CircuitState;
import dev.sidecar.resilience.Percent;
import dev.sidecar.resilience.Reason;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.resilience.ResiliencePolicy;
import dev.sidecar.tck.resilience.HostileUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

class ResilienceAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SidecarAutoConfiguration.class,
                        ResilienceAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        WebClientAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home);
    }

    @Test
    void customizesTheClientsAndOffersBreakers() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(CircuitBreakerFactory.class)
                .hasBean("sidecarRestClientCustomizer")
                .hasBean("sidecarWebClientCustomizer"));
    }

    @Test
    void leavesNothingWhenSwitchedOff() {
        runner.withPropertyValues("sidecar.resilience.enabled=false").run(context -> {
            assertThat(context)
                    .doesNotHaveBean(CircuitBreakerFactory.class)
                    .doesNotHaveBean(InProcessEngine.class)
                    .doesNotHaveBean(ResilientRequestInterceptor.class)
                    .doesNotHaveBean("sidecarRestClientCustomizer")
                    .doesNotHaveBean("sidecarWebClientCustomizer");
            assertThat(context.getBean(Sidecar.class).info().features()).containsEntry("resilience", false);
        });
        runner.withPropertyValues("sidecar.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ResilienceOptions.class));
    }

    @Test
    void doesWithoutWhatIsNotOnTheClassPath() {
        runner.withClassLoader(new FilteredClassLoader(
                        RestClientCustomizer.class, WebClientCustomizer.class, CircuitBreakerFactory.class))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ResilienceOptions.class));
    }

    @Test
    void yieldsToTheUsersOwn() {
        ResilienceOptions own = new ResilienceOptions(true, ResiliencePolicy.DEFAULT, Map.of());
        runner.withBean(ResilienceOptions.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(ResilienceOptions.class)).isSameAs(own));
    }

    @Test
    void layersAServiceOverTheDefaults() {
        runner.withPropertyValues(
                        "sidecar.resilience.defaults.retries.max=0",
                        "sidecar.resilience.defaults.retries.budget=50%",
                        "sidecar.resilience.services.inventory.timeout=2s",
                        "sidecar.resilience.services.inventory.retries.max=3",
                        "sidecar.resilience.services.inventory.balancing.strategy=peak-ewma",
                        "sidecar.resilience.services.inventory.balancing.hash-key=header:X-User")
                .run(context -> {
                    Sidecar sidecar = context.getBean(Sidecar.class);
                    ResiliencePolicy other =
                            sidecar.resilience().upstream("other").policy();
                    ResiliencePolicy inventory =
                            sidecar.resilience().upstream("inventory").policy();

                    assertThat(other.retries().max()).isZero();
                    assertThat(other.timeout()).isEqualTo(Duration.ofSeconds(15));
                    assertThat(inventory.timeout()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(inventory.retries().max()).isEqualTo(3);
                    assertThat(inventory.retries().budget()).isEqualTo(Percent.of(50));
                    assertThat(inventory.balancing().strategy()).isEqualTo(BalancingStrategy.PEAK_EWMA);
                    assertThat(inventory.balancing().hashKey()).hasToString("header:X-User");
                });
    }

    @Test
    void saysWhatIsWrongWithAProperty() {
        runner.withPropertyValues("sidecar.resilience.services.inventory.retries.max=99")
                .run(
                        context -> assertThat(Failures.describe(context.getStartupFailure()))
                                .contains(
                                        "sidecar.resilience.services.inventory.retries.max: '99' is not allowed; give 0 to 10"));
        runner.withPropertyValues("sidecar.resilience.defaults.retries.budget=lots")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("'lots' is not a percentage; write it such as 20%"));
    }

    @Test
    void callsByWebClientAreTriedAgainAndRefusedAlike() {
        HostileUpstream.Behaviour once =
                HostileUpstream.first(1, HostileUpstream.reset(), HostileUpstream.answer(200, "", "fine"));
        try (HostileUpstream upstream = HostileUpstream.start(once)) {
            runner.run(context -> {
                context.getBean(Sidecar.class)
                        .discovery()
                        .register(new Registration(
                                "inventory",
                                "one",
                                "127.0.0.1",
                                upstream.port(),
                                false,
                                Map.of(),
                                Registration.DEFAULT_TTL,
                                true));
                WebClient client = context.getBean(WebClient.Builder.class).build();

                assertThat(client.get()
                                .uri("http://inventory/")
                                .retrieve()
                                .bodyToMono(String.class)
                                .block())
                        .isEqualTo("fine");
                assertThat(upstream.requests()).isEqualTo(2);
                AtomicReference<String> reason = new AtomicReference<>();
                int status = client.get()
                        .uri("http://nobody/")
                        .exchangeToMono((ClientResponse response) -> {
                            reason.set(response.headers().asHttpHeaders().getFirst("Sidecar-Reason"));
                            return response.releaseBody()
                                    .thenReturn(response.statusCode().value());
                        })
                        .block();
                assertThat(status).isEqualTo(503);
                assertThat(reason.get()).isEqualTo("unknown-service");
            });
        }
    }

    @Test
    void springCloudsBreakerOpensAndFallsBack() {
        runner.withPropertyValues(
                        "sidecar.resilience.services.stock.circuit-breaker.window=4",
                        "sidecar.resilience.services.stock.circuit-breaker.minimum-calls=4")
                .run(context -> {
                    CircuitBreaker breaker =
                            context.getBean(CircuitBreakerFactory.class).create("stock");
                    for (int i = 0; i < 4; i++) {
                        assertThat(breaker.<String>run(
                                        () -> {
                                            throw new IllegalStateException("no");
                                        },
                                        Throwable::getMessage))
                                .isEqualTo("no");
                    }

                    assertThat(breaker.run(
                                    () -> "never",
                                    e -> ((CallRefusedException) e).reason().code()))
                            .isEqualTo(Reason.CIRCUIT_OPEN.code());
                    assertThatThrownBy(() -> breaker.run(() -> "never")).hasMessage("No fallback available.");
                    assertThat(context.getBean(Sidecar.class)
                                    .resilience()
                                    .upstream("circuit:stock")
                                    .circuit())
                            .isEqualTo(CircuitState.OPEN);
                });
    }
}
