package dev.sidecar.config.layers;

import dev.sidecar.config.ConfigKeys;
import dev.sidecar.config.ConfigLayer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.StringNode;

/**
 * Environment variables as values: those of keys that a lower layer has, and those that are asked for by name or
 * prefix. A key of one word needs to be asked for, or a file named {@code path} would be {@code PATH}.
 */
final class EnvironmentLayer implements ConfigLayer {

    static final String NAME = "environment";

    /** As every property can be given as a variable: {@code SIDECAR_CONFIG_VALUES_ORDERS_LIMIT}. */
    private static final String VALUES = "SIDECAR_CONFIG_VALUES_";

    private final Map<String, String> variables;
    private final EnvironmentOptions options;
    private final List<ConfigLayer> lower;
    private volatile Answer last = new Answer(List.of(), Map.of());

    /** What was answered, and from what. */
    private record Answer(List<Map<String, LayerValue>> lower, Map<String, LayerValue> values) {

        boolean isOf(List<Map<String, LayerValue>> others) {
            boolean same = lower.size() == others.size();
            for (int i = 0; same && i < lower.size(); i++) {
                same = sameInstance(lower.get(i), others.get(i));
            }
            return same;
        }

        @SuppressWarnings("ReferenceEquality") // a layer that has not changed answers with the same map
        private static boolean sameInstance(Object one, Object other) {
            return one == other;
        }
    }

    EnvironmentLayer(Map<String, String> variables, EnvironmentOptions options, List<ConfigLayer> lower) {
        this.variables = Map.copyOf(variables);
        this.options = options;
        this.lower = List.copyOf(lower);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, LayerValue> snapshot() {
        List<Map<String, LayerValue>> below =
                lower.stream().map(ConfigLayer::snapshot).toList();
        Answer answer = last;
        if (answer.lower().isEmpty() || !answer.isOf(below)) {
            answer = new Answer(below, read(below));
            last = answer;
        }
        return answer.values();
    }

    private Map<String, LayerValue> read(List<Map<String, LayerValue>> below) {
        Map<String, String> known = new TreeMap<>();
        below.forEach(layer -> layer.keySet().forEach(key -> known.put(VariableName.of(key), key)));
        Map<String, LayerValue> values = new TreeMap<>();
        variables.forEach((variable, value) -> {
            String name = variable.startsWith(VALUES) ? variable.substring(VALUES.length()) : variable;
            boolean asked = variable.startsWith(VALUES)
                    || options.names().contains(variable)
                    || options.prefixes().stream().anyMatch(variable::startsWith);
            String key = known.get(name);
            if (key == null && asked) {
                key = VariableName.toKey(name);
            }
            if (key != null && (asked || key.contains(".")) && ConfigKeys.isKey(key)) {
                values.put(key, new LayerValue(StringNode.valueOf(value), NAME + ":" + variable));
            }
        });
        return Map.copyOf(values);
    }
}
