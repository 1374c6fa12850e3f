package dev.sidecar.server.edge.file;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file a proxy reads. A symbolic link is followed once and the file it names is replaced, so that the link stays.
 *
 * @param path as configured
 */
public record Target(Path path) {

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    /** Where the file really is. */
    public Path real() throws IOException {
        Path absolute = path.toAbsolutePath();
        if (Files.isSymbolicLink(absolute) && !Files.exists(absolute)) {
            return absolute.resolveSibling(Files.readSymbolicLink(absolute)).normalize();
        }
        return Files.exists(absolute) ? absolute.toRealPath() : absolute;
    }

    /** The content; null when there is no file. */
    public @Nullable String read() throws IOException {
        try {
            return Files.readString(real());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Writes a whole file beside the target, on disk, with the owner and the mode of the target. */
    public Path stage(String content) throws IOException {
        Path real = real();
        Path staged = AtomicFiles.stagingFor(real);
        try {
            Files.createFile(
                    staged, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            write(staged, content);
            likeTarget(staged, real);
            return staged;
        } catch (IOException e) {
            Files.deleteIfExists(staged);
            throw e;
        }
    }

    /**
     * Puts the staged file in the target's place. Where the target is a mount of its own (a file mounted into a
     * container) it cannot be replaced, and its content is overwritten instead.
     */
    public void install(Path staged) throws IOException {
        Path real = real();
        try {
            AtomicFiles.move(staged, real);
        } catch (FileSystemException e) {
            if (!Files.exists(real) || !busy(e)) {
                throw e;
            }
            write(real, Files.readString(staged));
            Files.delete(staged);
        }
        sync(real.getParent());
    }

    /** Back to an earlier content; null for no file. */
    public void restore(@Nullable String content) throws IOException {
        if (content != null) {
            install(stage(content));
        } else if (Files.deleteIfExists(real())) {
            sync(real().getParent());
        }
    }

    private static boolean busy(FileSystemException e) {
        String reason = String.valueOf(e.getReason());
        return reason.contains("busy") || reason.contains("cross-device");
    }

    private static void write(Path file, String content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void likeTarget(Path staged, Path real) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(staged, PosixFileAttributeView.class);
        if (!Files.exists(real)) {
            view.setPermissions(READABLE);
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributes given = view.readAttributes();
        if (!given.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!given.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }

    private static void sync(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
