package dev.sidecar.config;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.json.SidecarJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** Values as the store has them: JSON text, with numbers as exact as they were given. */
public final class ConfigValues {

    private static final ObjectReader READER = SidecarJson.mapper()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ConfigValues() {}

    /** Throws Jackson's exception for what is not one JSON value. */
    public static JsonNode parse(String json) {
        return READER.readValue(json);
    }

    /** As text, checked for its size. */
    static String text(String key, JsonNode value) {
        String json = SidecarJson.mapper().writeValueAsString(value);
        int bytes = json.length() * 3 <= ConfigLimits.MAX_VALUE_BYTES
                ? json.length()
                : json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ConfigLimits.MAX_VALUE_BYTES) {
            throw tooLarge("'" + key + "'", String.valueOf(bytes));
        }
        return json;
    }

    /** The refusal of a value above the limit. */
    public static SidecarException tooLarge(String what, String bytes) {
        return new SidecarException(Problem.of(
                413,
                "value-too-large",
                "value: " + what + " has " + bytes + " bytes, the JSON of a value may have "
                        + ConfigLimits.MAX_VALUE_BYTES
                        + " (512 KiB, not configurable); split it, or keep it in a file and its path here"));
    }
}
