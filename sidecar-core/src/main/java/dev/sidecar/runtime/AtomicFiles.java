package dev.sidecar.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The one place where files are replaced: readers see the old content or the new, never a part of either. */
public final class AtomicFiles {

    /** What a file being written is called until it is whole; anything left with this prefix is rubbish. */
    public static final String STAGING_PREFIX = ".staging-";

    /** Begins where no other process begins: two containers that share a directory may have the same pid. */
    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

    private AtomicFiles() {}

    /**
     * Replaces the file's content, readable by its owner only.
     *
     * @param durable whether the content must be on the disk before this returns
     */
    public static void replace(Path target, byte[] content, boolean durable) throws IOException {
        Path staging = stagingFor(target);
        try {
            write(staging, content, durable);
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(staging);
        }
    }

    /** Replaces the file's content; the file has this mode from the moment it has its name. Not synced to the disk. */
    public static void replace(Path target, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        Path staging = stagingFor(target);
        try {
            write(staging, content, false);
            Files.setPosixFilePermissions(staging, mode);
            move(staging, target);
        } finally {
            Files.deleteIfExists(staging);
        }
    }

    /** A name beside the target that nobody else uses. */
    public static Path stagingFor(Path target) {
        return target.resolveSibling(STAGING_PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    }

    /** Gives a file another name in one step; a file that had it is gone. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes sure that names made, changed or removed in the directory are on the disk. */
    public static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void write(Path staging, byte[] content, boolean durable) throws IOException {
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(staging, ownerOnly);
        try (FileChannel channel = FileChannel.open(staging, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }
}
