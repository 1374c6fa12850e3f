package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SituationTest {

    @Test
    void whatYamlMakesOfYesAndNoIsYesAndNo() {
        assertThat(Situation.of(Map.of("colocated", false, "scales-apart", true)))
                .containsExactly(Map.entry("colocated", "no"), Map.entry("scales-apart", "yes"));
    }

    @Test
    void takesListsAndNumbers() {
        assertThat(Situation.of(Map.of("languages", List.of("java", "go"), "calls-per-second", 0.5)))
                .containsExactly(Map.entry("calls-per-second", "0.5"), Map.entry("languages", "java,go"));
    }

    @ParameterizedTest
    @CsvSource({
        "owner, me, same-team",
        "isolation, total, strict",
        "instances-per-host, 0, a number from 1",
        "memory-per-instance, 8 GB, a number from 16",
        "colocated, maybe, yes",
    })
    void namesTheKeyTheValueAndWhatIsAllowed(String key, String value, String fix) {
        assertThatThrownBy(() -> Situation.of(Map.of(key, value)))
                .hasMessageContaining("situation." + key + ": '" + value + "'")
                .hasMessageContaining(fix);
    }

    @Test
    void namesTheKeysItKnows() {
        assertThatThrownBy(() -> Situation.of(Map.of("team", "red")))
                .hasMessageContaining("'team' is not known in situation")
                .hasMessageContaining("memory-per-instance");
    }
}
