package dev.sidecar.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ClauseTableTest {

    interface SampleContract {
        boolean good();

        @Test
        @Clause("X-01")
        default void keepsItsWord() {
            assertThat(good()).isTrue();
        }

        @Test
        @Clause(value = "X-02", mayDiffer = "for the sake of the example")
        default void isSkippedByTheBad() {
            Assumptions.assumeTrue(good());
        }
    }

    @DeliveredBy("one")
    static class Good implements SampleContract {
        @Override
        public boolean good() {
            return true;
        }
    }

    @DeliveredBy("two")
    static class Bad implements SampleContract {
        @Override
        public boolean good() {
            return false;
        }
    }

    @Test
    void printsClausesByDeliveries() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Good.class), selectClass(Bad.class))
                .build();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create(LauncherConfig.builder()
                            .enableTestExecutionListenerAutoRegistration(false)
                            .addTestExecutionListeners(new ClauseTable())
                            .build())
                    .execute(request);
        } finally {
            System.setOut(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.matches("X-01 +keeps its word +pass +FAIL"))
                .anyMatch(line -> line.matches("X-02 +is skipped by the bad \\* +pass +n\\.a\\."));
    }
}
