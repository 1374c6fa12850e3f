package dev.sidecar.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.logging.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
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

            assertThat(context.getBean(SidecarEndpoint.class)
                            .feature("logging")
                            .getBody()
                            .toString())
                    .contains("body=paid");
        });
    }

    @Test
    void knowsNoOtherFeature() {
        exposed().run(context -> {
            SidecarEndpoint endpoint = context.getBean(SidecarEndpoint.class);
            assertThat(endpoint.feature("discovery").getBody()).containsKey("services");
            assertThat(endpoint.feature("health").getBody()).containsKey("checks");
            assertThat(endpoint.feature("weather").getStatus()).isEqualTo(404);
            assertThat(endpoint.one("weather", "today").getStatus()).isEqualTo(404);
            assertThat(endpoint.delete("weather", "today", null).getStatus()).isEqualTo(404);
        });
    }

    @Test
    void takesTheInstanceOutOfServiceAndBringsItBack() {
        exposed().run(context -> {
            SidecarEndpoint endpoint = context.getBean(SidecarEndpoint.class);

            assertThat(maintenance(endpoint, true, "new disk").getBody()).containsEntry("reason", "new disk");
            assertThat(context.getBean(Sidecar.class)
                            .health()
                            .report(HealthGroup.READY)
                            .status())
                    .isEqualTo(HealthStatus.OUT_OF_SERVICE);
            assertThat(endpoint.one("health", "ready").getBody()).containsEntry("status", "OUT_OF_SERVICE");

            assertThat(maintenance(endpoint, false, null).getBody()).containsEntry("enabled", false);
            assertThat(context.getBean(Sidecar.class)
                            .health()
                            .report(HealthGroup.READY)
                            .status())
                    .isEqualTo(HealthStatus.UP);
        });
    }

    @Test
    void writesConfigurationOnlyOverTheVersionItWasTold() {
        exposed().run(context -> {
            SidecarEndpoint endpoint = context.getBean(SidecarEndpoint.class);

            assertThat(put(endpoint, "orders.limit", "100", 0L).getBody()).containsEntry("version", 1L);
            assertThat(put(endpoint, "orders.limit", "200", 0L).getStatus()).isEqualTo(412);
            assertThat(put(endpoint, "orders.limit", "200", 1L).getStatus()).isEqualTo(200);
            assertThat(context.getBean(Sidecar.class)
                            .config()
                            .get("orders.limit")
                            .orElseThrow()
                            .value()
                            .asInt())
                    .isEqualTo(200);
            assertThat(endpoint.delete("config", "orders.limit", 1L).getStatus())
                    .isEqualTo(412);
            assertThat(endpoint.delete("config", "orders.limit", 2L).getStatus())
                    .isEqualTo(204);
            assertThat(endpoint.delete("config", "orders.limit", null).getStatus())
                    .isEqualTo(404);
        });
    }

    @Test
    void showsNoSecretThatItWrote() {
        exposed().run(context -> {
            SidecarEndpoint endpoint = context.getBean(SidecarEndpoint.class);

            assertThat(put(endpoint, "db.password", "open-sesame", null).getBody())
                    .doesNotContainValue("open-sesame");
            assertThat(endpoint.one("config", "db.password").getBody().toString())
                    .doesNotContain("open-sesame");
        });
    }

    @Test
    void saysWhatIsWrongWithAWrite() {
        exposed().run(context -> {
            SidecarEndpoint endpoint = context.getBean(SidecarEndpoint.class);

            assertThat(put(endpoint, "orders.limit", null, null).getBody()).containsEntry("code", "missing-value");
            assertThat(put(endpoint, "a..b", "1", null).getBody())
                    .containsEntry("code", "invalid-key")
                    .containsEntry("status", 400);
            assertThat(maintenance(endpoint, null, null).getBody()).containsEntry("code", "invalid-maintenance");
            assertThat(endpoint.write("health", "nobody", null, null, "UP", null, null, null)
                            .getBody())
                    .containsEntry("code", "unknown-check");
            assertThat(endpoint.write("health", "nobody", null, null, "GREAT", null, null, null)
                            .getBody())
                    .containsEntry("code", "invalid-status");
        });
    }

    private static WebEndpointResponse<Map<String, Object>> maintenance(
            SidecarEndpoint endpoint, @Nullable Boolean enabled, @Nullable String reason) {
        return endpoint.write("health", "maintenance", enabled, reason, null, null, null, null);
    }

    private static WebEndpointResponse<Map<String, Object>> put(
            SidecarEndpoint endpoint, String key, @Nullable String value, @Nullable Long version) {
        return endpoint.write("config", key, null, null, null, null, value, version);
    }

    private ApplicationContextRunner exposed() {
        return runner.withPropertyValues("management.endpoints.web.exposure.include=sidecar");
    }
}
