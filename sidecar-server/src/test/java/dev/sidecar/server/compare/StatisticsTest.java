package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void medianOfEvenManyIsBetweenTheMiddleTwo() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
    }

    @Test
    void oneWildRoundMovesNeitherMedianNorDeviation() {
        List<Double> calm = List.of(10.0, 11.0, 12.0, 13.0, 14.0);
        List<Double> wild = List.of(10.0, 11.0, 12.0, 13.0, 5000.0);
        assertThat(Statistics.median(wild)).isEqualTo(Statistics.median(calm));
        assertThat(Statistics.deviation(wild)).isEqualTo(Statistics.deviation(calm));
    }

    @Test
    void normalDistributionHasItsKnownValues() {
        assertThat(Statistics.normal(0)).isCloseTo(0.5, within(1e-6));
        assertThat(Statistics.normal(1.96)).isCloseTo(0.975, within(1e-4));
        assertThat(Statistics.normal(-1.96)).isCloseTo(0.025, within(1e-4));
    }
}
