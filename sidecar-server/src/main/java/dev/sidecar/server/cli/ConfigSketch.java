package dev.sidecar.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The few values of a configuration file by which a running sidecar is found, read without starting Spring. */
record ConfigSketch(Optional<String> name, Optional<Path> socket, Optional<Path> home, Optional<String> token) {

    private static final ConfigSketch EMPTY =
            new ConfigSketch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Nothing where there is no file, or it cannot be read: then the other ways must do. */
    static ConfigSketch of(@Nullable Path file) {
        if (file == null) {
            return EMPTY;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return new ConfigSketch(
                    value(root, "sidecar", "app", "name"),
                    value(root, "sidecar", "api", "socket").map(Path::of),
                    value(root, "sidecar", "home").map(ConfigSketch::expanded),
                    value(root, "sidecar", "api", "token"));
        } catch (IOException | YAMLException e) {
            return EMPTY;
        }
    }

    private static Path expanded(String home) {
        return home.equals("~") || home.startsWith("~/")
                ? Path.of(System.getProperty("user.home") + home.substring(1))
                : Path.of(home).toAbsolutePath();
    }

    private static Optional<String> value(@Nullable Object node, String... words) {
        Object at = node;
        for (String word : words) {
            at = at instanceof Map<?, ?> map ? map.get(word) : null;
        }
        return Optional.ofNullable(at).map(Object::toString).filter(text -> !text.contains("${"));
    }
}
