package dev.sidecar.server.config;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.config.ConfigLimits;
import dev.sidecar.config.ConfigValues;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** A value as the whole body: JSON, or text that is taken as a string. */
final class ValueBody {

    /** A value is smaller once white space and escapes are gone; beyond this no value is. */
    private static final int MAX_BYTES = 6 * ConfigLimits.MAX_VALUE_BYTES + 1024;

    private ValueBody() {}

    static JsonNode read(HttpServletRequest request) throws IOException {
        MediaType type = type(request.getContentType());
        if (MediaType.TEXT_PLAIN.isCompatibleWith(type)) {
            return StringNode.valueOf(text(request, type.getCharset()));
        }
        if (MediaType.APPLICATION_JSON.isCompatibleWith(type)
                || type.getSubtype().endsWith("+json")) {
            String json = text(request, null);
            if (json.isBlank()) {
                throw SidecarException.invalid(
                        "missing-body", "the body is missing; send the value as JSON, or as text/plain");
            }
            return ConfigValues.parse(json);
        }
        throw unsupported(type.toString());
    }

    private static MediaType type(@Nullable String contentType) {
        try {
            return contentType == null ? MediaType.APPLICATION_JSON : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException | UnsupportedCharsetException e) {
            throw unsupported(String.valueOf(contentType));
        }
    }

    private static SidecarException unsupported(String type) {
        return new SidecarException(Problem.of(
                415,
                "unsupported-media-type",
                "Content-Type: '" + type
                        + "' is not taken here; send the value as application/json, or as text/plain for a string"));
    }

    private static String text(HttpServletRequest request, @Nullable Charset charset) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw ConfigValues.tooLarge("the body", "more than " + MAX_BYTES);
        }
        try {
            return (charset == null ? StandardCharsets.UTF_8 : charset)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw SidecarException.invalid(
                    "unreadable-body", "the body is not text in " + (charset == null ? "UTF-8" : charset.name()));
        }
    }
}
