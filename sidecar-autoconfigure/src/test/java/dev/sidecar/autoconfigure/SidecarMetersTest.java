package dev.sidecar.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.logging.LoggingSystem;

class SidecarMetersTest {

    @Test
    void handsOverWhatWasCountedBeforeTheApplicationsRegistryWasThere() {
        SimpleMeterRegistry application = new SimpleMeterRegistry();
        SidecarMeters meters = new SidecarMeters(
                new StaticListableBeanFactory(Map.of("registry", application)).getBeanProvider(MeterRegistry.class),
                new StaticListableBeanFactory().getBeanProvider(LoggingSystem.class));
        meters.registry().counter("sidecar.logging.records", "source", "api").increment(3);

        meters.afterSingletonsInstantiated();
        meters.registry().counter("sidecar.logging.records", "source", "api").increment();

        assertThat(application.get("sidecar.logging.records").counter().count()).isEqualTo(4);
    }
}
