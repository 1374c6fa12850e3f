package dev.sidecar.config.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.config.ConfigLayer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnvironmentLayerTest {

    private static Map<String, String> origins(
            Map<String, String> variables, EnvironmentOptions options, Map<String, Object> lower) {
        ConfigLayer layer = new EnvironmentLayer(variables, options, List.of(new FixedLayer("sidecar.yml", lower)));
        return layer.snapshot().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().origin() + "="
                                + entry.getValue().value().asString()));
    }

    @Test
    void takesVariablesOfKnownKeys() {
        assertThat(origins(
                        Map.of("ORDERS_DB_MAX_SIZE", "7", "ORDERS_OTHER", "x", "DB_PASSWORD", "secret"),
                        EnvironmentOptions.none(),
                        Map.of("orders.db.max-size", 5)))
                .isEqualTo(Map.of("orders.db.max-size", "environment:ORDERS_DB_MAX_SIZE=7"));
    }

    @Test
    void takesNoVariableForAKeyOfOneWordUnlessAsked() {
        Map<String, String> variables = Map.of("PATH", "/bin");
        assertThat(origins(variables, EnvironmentOptions.none(), Map.of("path", "x")))
                .isEmpty();
        assertThat(origins(variables, new EnvironmentOptions(List.of(), List.of("PATH")), Map.of("path", "x")))
                .isEqualTo(Map.of("path", "environment:PATH=/bin"));
    }

    @Test
    void takesWhatIsAskedForByNameOrPrefix() {
        assertThat(origins(
                        Map.of("ORDERS_DB_URL", "u", "SHOP", "s", "HOME", "/root"),
                        new EnvironmentOptions(List.of("ORDERS_"), List.of("SHOP")),
                        Map.of()))
                .isEqualTo(Map.of("orders.db.url", "environment:ORDERS_DB_URL=u", "shop", "environment:SHOP=s"));
    }

    @Test
    void takesValuesGivenAsThePropertysOwnVariable() {
        assertThat(origins(Map.of("SIDECAR_CONFIG_VALUES_ORDERS_LIMIT", "7"), EnvironmentOptions.none(), Map.of()))
                .isEqualTo(Map.of("orders.limit", "environment:SIDECAR_CONFIG_VALUES_ORDERS_LIMIT=7"));
    }
}
