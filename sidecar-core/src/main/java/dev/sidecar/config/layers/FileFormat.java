package dev.sidecar.config.layers;

import dev.sidecar.json.SidecarJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Files of names and values, in UTF-8, by the ending of their name. */
enum FileFormat {
    PROPERTIES(List.of(".properties")) {
        @Override
        void parse(String text, FlatValues into) throws IOException {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            properties.stringPropertyNames().stream()
                    .sorted()
                    .forEach(name -> into.add(name, properties.getProperty(name)));
        }
    },
    YAML(List.of(".yml", ".yaml")) {
        @Override
        void parse(String text, FlatValues into) {
            YamlText.documents(text).forEach(tree -> into.add("", tree));
        }
    },
    JSON(List.of(".json")) {
        @Override
        void parse(String text, FlatValues into) {
            into.add("", SidecarJson.mapper().readValue(text, Object.class));
        }
    };

    private final List<String> endings;

    FileFormat(List<String> endings) {
        this.endings = endings;
    }

    abstract void parse(String text, FlatValues into) throws IOException;

    static Optional<FileFormat> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst();
    }

    /**
     * The values.
     *
     * @param place of the content, for messages
     * @throws IOException that says what is wrong with it
     */
    Map<String, JsonNode> read(byte[] content, String place) throws IOException {
        FlatValues values = new FlatValues(place);
        try {
            parse(text(content), values);
            return values.toMap();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8 text", e);
        } catch (JacksonException e) {
            // The message may have a piece of the file in it, which may be a secret.
            String line =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IOException("it is not JSON" + line, e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Well-formed UTF-8; anything else is refused, where the usual decoders would put other characters. */
    static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }
}
