package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BaselineTest {

    private static JsonNode report(double library, double socket, double error) {
        return SidecarJson.mapper()
                .readTree(
                        """
                {"operations":[{"id":"lookup","ways":{
                  "library":{"paced":{"p50Us":%s,"p50ErrorUs":0.1}},
                  "sidecar-unix":{"paced":{"p50Us":%s,"p50ErrorUs":%s}}}}]}"""
                                .formatted(library, socket, error));
    }

    @Test
    void aCertainLossBeyondTheLimitIsWorse() {
        var changes = Baseline.compare(report(0.5, 100, 2), report(0.5, 150, 2));
        assertThat(Baseline.worse(changes, 20)).singleElement().satisfies(change -> {
            assertThat(change.what()).isEqualTo("lookup sidecar-unix p50Us");
            assertThat(change.percent()).isEqualTo(50);
        });
    }

    @Test
    void aLossThatNoiseExplainsIsNotWorse() {
        var changes = Baseline.compare(report(0.5, 100, 60), report(0.5, 150, 60));
        assertThat(Baseline.worse(changes, 20)).isEmpty();
    }

    @Test
    void lessThanAMicrosecondIsTheClocks() {
        var changes = Baseline.compare(report(0.5, 100, 2), report(1.2, 100, 2));
        assertThat(Baseline.worse(changes, 20)).isEmpty();
    }

    @Test
    void whatOnlyOneReportHasIsNotCompared() {
        assertThat(Baseline.compare(SidecarJson.mapper().readTree("{}"), report(1, 2, 3)))
                .isEmpty();
    }
}
