package dev.sidecar.logging;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A body or an attribute's value for a reader: text as it is, a structure as JSON on one line. */
final class BodyText {

    private static final JsonFactory JSON = new JsonFactory();

    private BodyText() {}

    static String of(@Nullable Object value) {
        if (!(value instanceof Map) && !(value instanceof Collection)) {
            return value == null ? "" : value.toString();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            JsonValues.write(json, value);
        }
        return text.toString();
    }
}
