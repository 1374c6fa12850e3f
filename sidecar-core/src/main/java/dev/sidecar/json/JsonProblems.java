package dev.sidecar.json;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

/** Says what is wrong with JSON somebody sent, in words that lead to the fix. */
public final class JsonProblems {

    /** The parser is at its end by the time anybody asks it for the value; only the message still has it. */
    private static final Pattern COERCED =
            Pattern.compile("^Cannot coerce \\w+ value \\(\"?(.*?)\"?\\) to ", Pattern.DOTALL);

    private static final Pattern UNSHOWN_SOURCE = Pattern.compile(" \\(start marker at \\[Source:[^\\]]*\\]\\)");

    private JsonProblems() {}

    /**
     * The problem of a failed read: {@code malformed-json}, {@code unknown-field}, {@code missing-field},
     * {@code wrong-type}, {@code invalid-value}, or what the value's own check said.
     */
    public static Problem of(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SidecarException refused) {
                return refused.problem();
            }
        }
        if (failure instanceof PropertyBindingException unknown) {
            return unknownField(unknown);
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return wrongType(mismatch);
        }
        if (failure instanceof InputCoercionException tooLarge) {
            return Problem.of(
                    400, "wrong-type", field(tooLarge) + ": is out of range; give " + wanted(tooLarge.getTargetType()));
        }
        if (failure instanceof StreamReadException malformed) {
            return malformed(malformed);
        }
        Throwable cause = failure.getCause();
        String reason = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return Problem.of(
                400,
                "invalid-value",
                field(failure) + ": " + (reason == null ? "a value is missing or not allowed" : reason));
    }

    /** What the parser found wrong, without its words for a source that it does not show. */
    public static String said(JacksonException failure) {
        return UNSHOWN_SOURCE.matcher(failure.getOriginalMessage()).replaceAll("");
    }

    private static Problem malformed(StreamReadException failure) {
        TokenStreamLocation at = failure.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ", ";
        String field = pointer(failure.processor());
        return Problem.of(
                400,
                "malformed-json",
                where + (field.isEmpty() ? "" : "at " + field + ", ") + "this is not JSON: " + said(failure));
    }

    private static Problem unknownField(PropertyBindingException failure) {
        List<String> allowed = failure.getKnownPropertyIds() == null
                ? List.of()
                : failure.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .toList();
        String nearest = NearestName.of(failure.getPropertyName(), allowed)
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
        String fix = allowed.isEmpty() ? "; none are allowed" : "; allowed are " + String.join(", ", allowed) + nearest;
        return Problem.of(400, "unknown-field", "'" + field(failure) + "' is not a field here" + fix);
    }

    private static Problem wrongType(MismatchedInputException failure) {
        String wanted = wanted(failure.getTargetType());
        if (failure.getCurrentToken() == JsonToken.END_OBJECT) {
            return Problem.of(400, "missing-field", field(failure) + ": is missing; give " + wanted);
        }
        return Problem.of(
                400, "wrong-type", field(failure) + ": " + value(failure) + " is not allowed; give " + wanted);
    }

    private static String value(MismatchedInputException failure) {
        if (failure instanceof InvalidFormatException format) {
            return "'" + shortened(String.valueOf(format.getValue())) + "'";
        }
        JsonToken token = failure.getCurrentToken();
        if (token == null) {
            return "nothing";
        }
        Matcher scalar = COERCED.matcher(failure.getOriginalMessage());
        if (token.isScalarValue() && scalar.find()) {
            return "'" + shortened(scalar.group(1)) + "'";
        }
        return switch (token) {
            case START_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_NULL -> "null";
            default -> "this value";
        };
    }

    private static String shortened(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** What JSON to write for a Java type. */
    static String wanted(@Nullable Type type) {
        if (!(type instanceof Class<?> target)) {
            return "another value";
        }
        if (target.isEnum()) {
            return "one of " + SidecarJson.names(target).stream().collect(Collectors.joining(", "));
        }
        return switch (target.getSimpleName()) {
            case "int", "Integer", "long", "Long", "short", "Short" -> "a whole number";
            case "double", "Double", "float", "Float" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a string";
            case "Duration" -> "a duration such as 500ms, 15s or 2m";
            case "Instant" -> "a time such as 2026-01-31T12:00:00Z";
            case "List", "Set", "Collection", "ArrayList", "HashSet" -> "an array";
            default -> target.isArray() ? "an array" : "an object";
        };
    }

    /** Such as {@code checks[2].interval}. */
    private static String field(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : failure.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? "the body" : path.toString();
    }

    /** Where a parser is, such as {@code /checks/2/interval}; empty at the top. */
    private static String pointer(@Nullable JsonParser parser) {
        return parser == null || parser.streamReadContext() == null
                ? ""
                : parser.streamReadContext().pathAsPointer().toString();
    }
}
