package dev.sidecar.server.offload.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * A directory out of which no name leads. A link is followed when it ends inside; the file at its end is then opened
 * name by name from the directory down without following any link, so that nobody can put another one in between.
 */
final class RootDirectory {

    private final Path root;

    RootDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Where a file would be, links not followed: to look whether it changed, not to read. */
    Path locate(List<String> segments) {
        Path path = root;
        for (String segment : segments) {
            path = path.resolve(segment);
        }
        return path;
    }

    /**
     * The real place of what is there.
     *
     * @throws IOException when nothing is there, or it is outside
     */
    Path real(List<String> segments) throws IOException {
        Path base = root.toRealPath();
        Path real = locate(segments).toRealPath();
        if (!real.startsWith(base)) {
            throw new NoSuchFileException(real.toString(), null, "outside of " + base);
        }
        return real;
    }

    /**
     * Opens a regular file for reading.
     *
     * @param real as {@link #real} said
     */
    FileChannel open(Path real) throws IOException {
        if (!Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new NoSuchFileException(real.toString(), null, "not a regular file");
        }
        Path base = root.toRealPath();
        DirectoryStream<Path> top = Files.newDirectoryStream(base);
        if (!(top instanceof SecureDirectoryStream<Path> secure)) {
            top.close();
            return FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
        return descend(secure, base.relativize(real));
    }

    private static FileChannel descend(SecureDirectoryStream<Path> top, Path names) throws IOException {
        SecureDirectoryStream<Path> directory = top;
        try {
            for (int i = 0; i < names.getNameCount() - 1; i++) {
                SecureDirectoryStream<Path> next =
                        directory.newDirectoryStream(names.getName(i), LinkOption.NOFOLLOW_LINKS);
                directory.close();
                directory = next;
            }
            SeekableByteChannel file = directory.newByteChannel(
                    names.getFileName(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            if (file instanceof FileChannel channel) {
                return channel;
            }
            file.close();
            throw new IOException(names + " is not opened as a file");
        } finally {
            directory.close();
        }
    }
}
