package dev.sidecar.server.health;

import dev.sidecar.SidecarException;
import dev.sidecar.json.SidecarJson;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Reads a body into a record, and says what is wrong in terms of its fields. */
final class JsonBody {

    private JsonBody() {}

    /**
     * @param example of a body that would have been right
     * @throws SidecarException with this code
     */
    static <T> T read(JsonNode body, Class<T> type, String code, String example) {
        if (!body.isObject()) {
            throw SidecarException.invalid(code, "body: is not a JSON object; give one such as " + example);
        }
        try {
            return SidecarJson.mapper().treeToValue(body, type);
        } catch (DatabindException e) {
            throw SidecarException.invalid(code, path(e) + ": " + reason(e));
        }
    }

    private static String reason(DatabindException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return "there is no such field; there are " + known;
        }
        if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
            String allowed = Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> SidecarJson.mapper().convertValue(constant, String.class))
                    .collect(Collectors.joining(", "));
            return "'" + format.getValue() + "' is not allowed; give one of " + allowed;
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "is not a " + mismatch.getTargetType().getSimpleName() + ": " + firstLine(e);
        }
        return firstLine(e);
    }

    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static String path(DatabindException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }
}
