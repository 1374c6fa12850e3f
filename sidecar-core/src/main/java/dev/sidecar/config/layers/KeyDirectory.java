package dev.sidecar.config.layers;

import dev.sidecar.config.ConfigKeys;
import dev.sidecar.config.ConfigLimits;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.StringNode;

/**
 * A directory with a file for each key, as Kubernetes mounts a ConfigMap or a Secret: the name is the key, the content
 * the value, and a link named {@code ..data} is exchanged when all of it changes. Directories in it are parts of keys.
 */
final class KeyDirectory implements Place {

    private static final Logger LOG = LoggerFactory.getLogger(KeyDirectory.class);
    private static final int MAX_DEPTH = 8;
    private static final int MAX_FILES = 10_000;
    private static final int TRIES = 3;

    private final Path path;
    private final Set<String> said = new HashSet<>();
    private List<Path> directories;

    KeyDirectory(Path path) {
        this.path = path;
        this.directories = List.of(path);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, Found> read() throws IOException {
        for (int tried = 1; ; tried++) {
            Path before = generation();
            try {
                Map<String, Found> values = new TreeMap<>();
                List<Path> seen = new ArrayList<>(List.of(path));
                walk(path, "", 0, values, seen);
                if (Objects.equals(before, generation()) || tried == TRIES) {
                    directories = seen;
                    return values;
                }
            } catch (IOException e) {
                // What was listed a moment ago may have been exchanged since.
                if (tried == TRIES || !Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }

    private @Nullable Path generation() throws IOException {
        Path data = path.resolve("..data");
        return Files.isSymbolicLink(data) ? Files.readSymbolicLink(data) : null;
    }

    private void walk(Path directory, String prefix, int depth, Map<String, Found> values, List<Path> seen)
            throws IOException {
        for (Path file : list(directory)) {
            String name = file.getFileName().toString();
            String key = prefix + name;
            if (Files.isDirectory(file)) {
                if (depth < MAX_DEPTH) {
                    seen.add(file);
                    walk(file, key + ".", depth + 1, values, seen);
                }
            } else if (!ConfigKeys.isKey(key)) {
                leaveOut(file, "its name is not a key");
            } else if (values.size() < MAX_FILES) {
                add(file, key, values);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory '" + directory + "'");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file, String key, Map<String, Found> values) throws IOException {
        if (!Files.isRegularFile(file)) {
            leaveOut(file, "it is not a file");
            return;
        }
        if (Files.size(file) > ConfigLimits.MAX_VALUE_BYTES) {
            leaveOut(file, "it is larger than " + ConfigLimits.MAX_VALUE_BYTES + " bytes");
            return;
        }
        try {
            String text = FileFormat.text(Files.readAllBytes(file));
            values.put(key, new Found(StringNode.valueOf(withoutLastLineEnd(text)), file));
            said.remove(file.toString());
        } catch (CharacterCodingException e) {
            leaveOut(file, "it is not UTF-8 text; a program that needs it can read the file itself");
        } catch (AccessDeniedException e) {
            leaveOut(file, "it may not be read");
        }
    }

    private static String withoutLastLineEnd(String text) {
        int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
        return text.substring(0, text.length() - end);
    }

    private void leaveOut(Path file, String why) {
        if (said.size() < MAX_FILES && said.add(file.toString())) {
            LOG.warn("'{}' is left out of the configuration: {}", file, why);
        }
    }

    @Override
    public List<Path> watched() {
        List<Path> watched = new ArrayList<>(directories);
        watched.add(Directories.parent(path));
        return watched;
    }
}
