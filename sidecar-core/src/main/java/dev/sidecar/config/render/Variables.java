package dev.sidecar.config.render;

import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.layers.VariableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values as environment variables: {@code orders.db.url} is {@code ORDERS_DB_URL}, a list has commas between. */
public final class Variables {

    private Variables() {}

    /** By name. What no variable can hold (a zero character) and names that begin with a digit are left out. */
    public static Map<String, String> of(List<ConfigEntry> entries) {
        Map<String, String> variables = new TreeMap<>();
        entries.forEach(entry -> add(entry.key(), entry.value(), variables));
        return variables;
    }

    private static void add(String name, JsonNode value, Map<String, String> variables) {
        if (value.isObject()) {
            value.properties().forEach(part -> add(name + "." + part.getKey(), part.getValue(), variables));
            return;
        }
        String variable = VariableName.of(name);
        String text = text(value);
        if (variable.matches("[A-Z_][A-Z0-9_]*") && text.indexOf('\0') < 0 && !value.isNull()) {
            variables.put(variable, text);
        }
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asString();
        }
        boolean plain = value.valueStream().allMatch(JsonNode::isValueNode);
        return plain ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")) : value.toString();
    }
}
