package dev.sidecar.linux;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Small files of the kernel below a root. What is not there, may not be read or has just gone is null: the caller says
 * unknown. Thread-safe.
 */
public final class LinuxFiles {

    private static final int FIRST = 4096;
    private static final int MOST = 4 << 20;

    private final String root;

    private LinuxFiles(String root) {
        this.root = root;
    }

    /** Those of this machine. */
    public static LinuxFiles ofThisMachine() {
        return new LinuxFiles("");
    }

    /** Those below a directory that has a {@code proc} and a {@code sys} of its own. */
    public static LinuxFiles below(Path root) {
        return new LinuxFiles(root.toString());
    }

    /** Whether this looks like Linux. */
    public boolean exist() {
        return isFile("/proc/self/stat") || isFile("/proc/stat");
    }

    /** The whole content, null when it cannot be read. */
    public @Nullable String read(String path) {
        // No buffered or channel reader: hundreds of files are read for every sample.
        try (FileInputStream in = new FileInputStream(root + path)) {
            byte[] bytes = new byte[FIRST];
            int length = 0;
            for (int n; (n = in.read(bytes, length, bytes.length - length)) > 0; ) {
                length += n;
                if (length == bytes.length) {
                    if (length >= MOST) {
                        break;
                    }
                    bytes = Arrays.copyOf(bytes, length * 4);
                }
            }
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    /** The content without white space around it, null when there is none. */
    public @Nullable String word(String path) {
        String content = read(path);
        return content == null || content.isBlank() ? null : content.strip();
    }

    /** The lines, none when it cannot be read. */
    public List<String> lines(String path) {
        String content = read(path);
        return content == null ? List.of() : content.lines().toList();
    }

    /** A file that holds one number; empty when it is something else, such as {@code max}. */
    public OptionalLong number(String path) {
        return Fields.number(word(path));
    }

    /** Names in a directory, none when it cannot be read. */
    public List<String> names(String directory) {
        String[] names = new File(root + directory).list();
        return names == null ? List.of() : List.of(names);
    }

    /** How many entries a directory says it has; 0 where the file system does not keep count. */
    public long entries(String directory) {
        return new File(root + directory).length();
    }

    public boolean isDirectory(String path) {
        return new File(root + path).isDirectory();
    }

    public boolean isFile(String path) {
        return new File(root + path).isFile();
    }

    /** Where a path is on this machine. */
    public Path path(String path) {
        return Path.of(root + path);
    }
}
