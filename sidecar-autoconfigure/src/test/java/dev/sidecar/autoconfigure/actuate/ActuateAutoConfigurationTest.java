package dev.sidecar.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.logging.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ActuateAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SidecarAutoConfiguration.class, ActuateAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home, "spring.application.name=orders");
    }

    @Test
    void isNotThereUntilItIsExposed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(SidecarEndpoint.class));
    }

    @Test
    void isNotThereWithoutSidecarOrActuator() {
        exposed()
                .withPropertyValues("sidecar.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SidecarEndpoint.class));
        exposed()
                .withClassLoader(
                        new FilteredClassLoader(Endpoint.class.getPackageName(), "org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("sidecarEndpoint"));
    }

    @Test
    void showsEverythingAtAGlance() {
        exposed().run(context -> {
            Map<String, Object> overview =
                    context.getBean(SidecarEndpoint.class).overview();
            assertThat(overview)
                    .containsEntry("delivery", "library")
                    .containsEntry("services", List.of())
                    .containsKeys("health", "info");
            assertThat(overview.get("status")).isEqualTo(Map.of("status", "UP"));
            assertThat(overview.get("info").toString()).contains("name=orders", "state=ready");
        });
    }

    @Test
    void showsTheRecordsOfLogging() {
        exposed().withPropertyValues("sidecar.logging.console.enabled=false").run(context -> {
            Sidecar sidecar = context.getBean(Sidecar.class);
            sidecar.logs().log(LogRecord.builder().body("paid").build());
            sidecar.logs().flush(Duration.ofSeconds(5));

            assertThat(context.getBean(SidecarEndpoint.class).feature("logging").toString())
                    .contains("body=paid");
        });
    }

    @Test
    void knowsNoOtherFeature() {
        exposed().run(context -> {
            SidecarEndpoint endpoint = context.getBean(SidecarEndpoint.class);
            assertThat(endpoint.feature("discovery")).containsKey("services");
            assertThat(endpoint.feature("health")).containsKey("checks");
            assertThat(endpoint.feature("weather")).isNull();
        });
    }

    private ApplicationContextRunner exposed() {
        return runner.withPropertyValues("management.endpoints.web.exposure.include=sidecar");
    }
}
