package dev.sidecar.server.edge.template;

import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Templates by name: of the user's directory first, then the built-in ones.
 *
 * <p>Pebble drops the newline after a tag, which is wanted, and after a value too, where HAProxy would miss it; so a
 * value at the end of a line gets one that is not dropped. Lines keep their numbers.
 */
final class Sources implements Loader<String> {

    static final String END_OF_LINE = "eol";

    private static final Pattern VALUE_AT_END = Pattern.compile("(?<!-)}}(\\r?\\n)");

    private final @Nullable Path directory;
    private final Set<Path> read = ConcurrentHashMap.newKeySet();

    Sources(@Nullable Path directory) {
        this.directory = directory;
    }

    /** The user's files that were read, for somebody to see when they change. */
    Set<Path> read() {
        return Set.copyOf(read);
    }

    String text(String name) {
        try {
            Path file = file(name);
            if (file != null) {
                read.add(file);
                return Files.readString(file);
            }
            try (InputStream builtin = Sources.class.getResourceAsStream(name)) {
                if (builtin == null || name.contains("/")) {
                    throw new LoaderException(null, "there is no template '" + name + "'");
                }
                return new String(builtin.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new LoaderException(e, "template '" + name + "' cannot be read: " + e.getMessage());
        }
    }

    /** Null when it is not one of the user's. */
    private @Nullable Path file(String name) {
        if (directory == null) {
            return null;
        }
        Path file = directory.resolve(name).normalize();
        return file.startsWith(directory) && Files.isRegularFile(file) ? file : null;
    }

    @Override
    public Reader getReader(String name) {
        return new StringReader(VALUE_AT_END.matcher(text(name)).replaceAll("}}{{ " + END_OF_LINE + "() }}$1"));
    }

    @Override
    public void setCharset(String charset) {}

    @Override
    public void setPrefix(String prefix) {}

    @Override
    public void setSuffix(String suffix) {}

    @Override
    public String resolveRelativePath(String relativePath, String anchorPath) {
        return relativePath;
    }

    @Override
    public String createCacheKey(String name) {
        return name;
    }

    @Override
    public boolean resourceExists(String name) {
        return file(name) != null || Sources.class.getResource(name) != null;
    }
}
