package dev.sidecar.config.layers;

import dev.sidecar.config.ConfigLayer;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Values that were given once and do not change. */
final class FixedLayer implements ConfigLayer {

    private final String name;
    private final Map<String, LayerValue> values;

    FixedLayer(String name, Map<String, Object> given) {
        this.name = name;
        FlatValues flat = new FlatValues(name);
        given.forEach(flat::add);
        Map<String, LayerValue> result = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : flat.toMap().entrySet()) {
            result.put(entry.getKey(), new LayerValue(entry.getValue(), name));
        }
        this.values = Map.copyOf(result);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, LayerValue> snapshot() {
        return values;
    }
}
