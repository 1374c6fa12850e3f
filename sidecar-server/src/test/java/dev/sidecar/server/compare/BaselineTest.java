package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class BaselineTest {

    private static final int MANY = 12;

    /** Lookups of two deliveries, a call of the application alone, on a machine so unsteady. */
    private static ObjectNode report(double library, double socket, double error, double alone, double drift) {
        return (ObjectNode) SidecarJson.mapper()
                .readTree(
                        """
                {"noise":{"driftPercent":%s},"operations":[{"id":"lookup","ways":{
                  "library":{"paced":{"p50Us":%s,"p50ErrorUs":0.1}},
                  "sidecar-unix":{"paced":{"p50Us":%s,"p50ErrorUs":%s}}}},
                  {"id":"call","ways":{"none":{"paced":{"p50Us":%s,"p50ErrorUs":0.1}}}}]}"""
                                .formatted(drift, library, socket, error, alone));
    }

    private static ObjectNode quiet(double library, double socket, double error) {
        return report(library, socket, error, 50, 3);
    }

    @Test
    void aCertainLossBeyondTheLimitIsWorse() {
        var changes = Baseline.compare(quiet(0.5, 100, 2), quiet(0.5, 150, 2));
        assertThat(Baseline.worse(changes, 20)).singleElement().satisfies(change -> {
            assertThat(change.what()).isEqualTo("lookup sidecar-unix p50Us");
            assertThat(change.percent()).isEqualTo(50);
            assertThat(change.confidence()).isGreaterThan(0.99);
        });
        assertThat(Baseline.worse(changes, 60)).isEmpty();
    }

    @Test
    void aLossThatTheSpreadOfRoundsExplainsIsNotWorse() {
        var changes = Baseline.compare(quiet(0.5, 100, 60), quiet(0.5, 150, 60));
        assertThat(Baseline.worse(changes, 20)).isEmpty();
    }

    @Test
    void aLossThatAnUnsteadyMachineExplainsIsNotWorse() {
        var changes = Baseline.compare(report(0.5, 100, 2, 50, 3), report(0.5, 150, 2, 50, 40));
        assertThat(Baseline.worse(changes, 20)).isEmpty();
    }

    @Test
    void aLossThatTheApplicationAloneHasTooIsTheMachines() {
        var changes = Baseline.compare(report(0.5, 100, 2, 50, 3), report(0.5, 125, 2, 62, 3));
        assertThat(Baseline.worse(changes, 20)).isEmpty();
    }

    @Test
    void aHundredMicrosecondsMoreAreWorseOnAnyMachine() {
        var changes = Baseline.compare(report(5, 400, 100, 50, 40), report(105, 500, 100, 90, 40));
        assertThat(Baseline.worse(changes, 20))
                .extracting(Baseline.Change::what)
                .containsExactly("lookup library p50Us");
    }

    @Test
    void lessThanAMicrosecondIsTheClocks() {
        var changes = Baseline.compare(quiet(0.5, 100, 2), quiet(1.2, 100, 2));
        assertThat(Baseline.worse(changes, 20)).isEmpty();
    }

    @Test
    void whatOnlyOneReportHasIsNotCompared() {
        assertThat(Baseline.compare(SidecarJson.mapper().readTree("{}"), quiet(1, 2, 3)))
                .isEmpty();
    }

    /** With many numbers one of them is always odd: a gate that fails for that is switched off. */
    @Test
    void twoRunsOfTheSameAreHardlyEverWorse() {
        Random random = new Random(7);
        int failed = 0;
        int runs = 400;
        for (int i = 0; i < runs; i++) {
            var changes = Baseline.compare(noisy(random), noisy(random));
            failed += Baseline.worse(changes, 20).isEmpty() ? 0 : 1;
        }
        assertThat(failed).isLessThan(runs / 10);
    }

    private static JsonNode noisy(Random random) {
        ObjectNode report = report(100, 100, 5, 50, 15);
        ArrayNode operations = (ArrayNode) report.path("operations");
        for (int i = 0; i < MANY; i++) {
            ObjectNode paced = operations.addObject().put("id", "o" + i).withObject("/ways/library/paced");
            double median = 100 * Math.exp(0.15 * random.nextGaussian());
            paced.put("p50Us", median);
            paced.put("p50ErrorUs", 0.05 * median);
        }
        return report;
    }
}
