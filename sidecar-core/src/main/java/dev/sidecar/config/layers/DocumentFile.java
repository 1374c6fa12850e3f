package dev.sidecar.config.layers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file of names and values. */
final class DocumentFile implements Place {

    private static final long MAX_BYTES = 4L << 20;

    private final Path path;
    private final FileFormat format;
    private byte[] content = {};
    private Map<String, Found> values = Map.of();

    DocumentFile(Path path, FileFormat format) {
        this.path = path;
        this.format = format;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, Found> read() throws IOException {
        byte[] now = bytes();
        if (!Arrays.equals(now, content)) {
            Map<String, Found> read = new TreeMap<>();
            format.read(now, path.toString()).forEach((key, value) -> read.put(key, new Found(value, path)));
            content = now;
            values = read;
        }
        return values;
    }

    private byte[] bytes() throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("it is not there");
        }
        long size = Files.size(path);
        if (!Files.isRegularFile(path) || size > MAX_BYTES) {
            throw new IOException("it is not a file of at most " + MAX_BYTES + " bytes");
        }
        byte[] now = Files.readAllBytes(path);
        if (now.length == 0) {
            // What a writer that truncates leaves for a moment. A file that is to have no values can have a comment.
            throw new IOException("it is empty");
        }
        return now;
    }

    @Override
    public List<Path> watched() {
        List<Path> directories = new ArrayList<>(List.of(Directories.parent(path)));
        try {
            directories.add(Directories.parent(path.toRealPath()));
        } catch (IOException e) {
            // It is not there yet.
        }
        return directories;
    }
}
