package dev.sidecar.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * The mapper of the v1 API: camelCase as in the records, null left out, RFC 3339 times, durations as
 * {@code "15s"} (a bare number is seconds), unknown fields refused, names of enums without regard to case, and no
 * guessing: {@code "3000"} is not a number. {@link JsonProblems} says what was wrong.
 */
public final class SidecarJson {

    private static final JsonMapper MAPPER = configure(JsonMapper.builder()).build();

    private SidecarJson() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Makes any builder speak the same JSON. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.addModule(durations())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(
                        LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(v -> v.withValueInclusion(JsonInclude.Include.NON_NULL))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /** How the constants of an enum are written. */
    static List<String> names(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> MAPPER.convertValue(constant, String.class))
                .toList();
    }

    private static SimpleModule durations() {
        return new SimpleModule("sidecar-durations")
                .addSerializer(Duration.class, new StdSerializer<>(Duration.class) {
                    @Override
                    public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
                        json.writeString(DurationText.format(value));
                    }
                })
                .addDeserializer(Duration.class, new StdDeserializer<>(Duration.class) {
                    @Override
                    public Duration deserialize(JsonParser json, DeserializationContext context) {
                        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                            return Duration.ofSeconds(json.getLongValue());
                        }
                        try {
                            return DurationText.parse(json.getString());
                        } catch (IllegalArgumentException e) {
                            throw context.weirdStringException(json.getString(), Duration.class, e.getMessage());
                        }
                    }
                });
    }
}
