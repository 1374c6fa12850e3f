package dev.sidecar.autoconfigure.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.autoconfigure.environment.EnvironmentAutoConfiguration;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MonitorAutoConfigurationTest {

    @TempDir
    Path home;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SidecarAutoConfiguration.class,
                        MonitorAutoConfiguration.class,
                        EnvironmentAutoConfiguration.class))
                .withPropertyValues("sidecar.home=" + home, "sidecar.logging.console.enabled=false");
    }

    @Test
    void takesSamplesOfThisApplication() {
        runner.run(context -> {
            Sidecar sidecar = context.getBean(Sidecar.class);
            assertThat(sidecar.monitor().sample().app().pid())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(sidecar.environment().facts().process().pid())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(context).doesNotHaveBean(OtlpMeterRegistry.class);
        });
    }

    @Test
    void saysThatTheyAreOff() {
        runner.withPropertyValues("sidecar.monitor.enabled=false", "sidecar.environment.enabled=false")
                .run(context -> assertThat(context.getBean(Sidecar.class).info().features())
                        .containsEntry("monitor", false)
                        .containsEntry("environment", false));
    }

    @Test
    void bindsThresholds() {
        runner.withPropertyValues(
                        "sidecar.monitor.thresholds.big.metric=app.rssBytes",
                        "sidecar.monitor.thresholds.big.above=512MB",
                        "sidecar.monitor.thresholds.big.for=30s")
                .run(context -> assertThat(context.getBean(Sidecar.class)
                                .monitor()
                                .sample()
                                .thresholds()
                                .get(0)
                                .above())
                        .isEqualTo(512.0 * 1024 * 1024));
    }

    @Test
    void refusesAThresholdOnNothing() {
        runner.withPropertyValues(
                        "sidecar.monitor.thresholds.big.metric=app.weight", "sidecar.monitor.thresholds.big.above=1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("sidecar.monitor.thresholds.big.metric: 'app.weight' is not known"));
    }

    @Test
    void sendsMetricsToACollector() throws Exception {
        CompletableFuture<String> sent = new CompletableFuture<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            sent.complete(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("X-Key"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            runner.withPropertyValues(
                            "sidecar.monitor.interval=1s",
                            "sidecar.monitor.otlp.headers.X-Key=k",
                            "sidecar.monitor.otlp.endpoint=http://127.0.0.1:"
                                    + collector.getAddress().getPort() + "/v1/metrics")
                    .run(context -> {
                        assertThat(context).hasSingleBean(OtlpMeterRegistry.class);
                        context.getBean(Sidecar.class).monitor().sample();
                        assertThat(sent.get(20, TimeUnit.SECONDS)).isEqualTo("application/x-protobuf k");
                    });
        } finally {
            collector.stop(0);
        }
    }
}
