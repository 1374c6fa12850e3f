package dev.sidecar.server.listener;

import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.DiskFailure;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.StartupProblem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the Unix socket, and what must be true of it before it can be listened on. */
public final class SocketFile {

    /** What the kernel takes: {@code sun_path} of 108 bytes, the last of them 0. */
    private static final int MAX_BYTES = 107;

    private static final Logger log = LoggerFactory.getLogger(SocketFile.class);

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_SOCKET = 0140000;

    private final Path path;
    private final Choice choice;

    /** Who chose the path, and so what may be done about it. */
    private enum Choice {
        CONFIGURED,
        USUAL,
        STAND_IN
    }

    private SocketFile(Path path, Choice choice) {
        this.path = path;
        this.choice = choice;
    }

    /**
     * The configured path, or {@code <home>/run/<name>.sock}. Where that default is too long for a socket, a short
     * path below the directory for temporary files stands in, always the same for one home and name.
     */
    public static SocketFile of(@Nullable Path configured, SidecarHome home, String name) {
        if (configured != null) {
            return new SocketFile(configured.toAbsolutePath().normalize(), Choice.CONFIGURED);
        }
        Path usual = home.path().toAbsolutePath().resolve("run").resolve(name + ".sock");
        return bytes(usual) <= MAX_BYTES ? new SocketFile(usual, Choice.USUAL) : standIn(usual);
    }

    /** The one of the two possible by default that is listened at; the usual one where neither is. */
    public static SocketFile running(SidecarHome home, String name) {
        SocketFile usual = of(null, home, name);
        SocketFile other = standIn(usual.path);
        return !usual.isListenedAt() && other.isListenedAt() ? other : usual;
    }

    /** Below the directory for temporary files, always the same for one usual path. */
    private static SocketFile standIn(Path usual) {
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
        String unique = UUID.nameUUIDFromBytes(usual.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "sidecar-" + user);
        return new SocketFile(directory.resolve(unique + ".sock").toAbsolutePath(), Choice.STAND_IN);
    }

    public Path path() {
        return path;
    }

    /**
     * Makes the directory where it is missing and removes what a killed sidecar left.
     *
     * @return this one, or the one that stands in for it while its disk is full or read-only
     */
    SocketFile prepared() {
        if (bytes(path) > MAX_BYTES) {
            throw new StartupProblem(
                    "sidecar.api.socket: '" + path + "' is " + bytes(path) + " bytes long; a socket's path may have "
                            + MAX_BYTES,
                    "Set sidecar.api.socket (--socket) to a shorter path such as /run/sidecar/app.sock.");
        }
        try {
            Path directory = path.getParent();
            if (directory != null && !Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (directory != null && choice == Choice.STAND_IN) {
                requireOurs(directory);
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                removeStale();
            }
            requireWritable();
            return this;
        } catch (IOException e) {
            if (choice == Choice.USUAL && DiskFailure.mayPass(e)) {
                SocketFile other = standIn(path).prepared();
                log.warn("the socket is {}, because {} cannot be made: {}", other.path, path, e.getMessage());
                return other;
            }
            throw new StartupProblem(
                    "sidecar.api.socket: cannot use '" + path + "': " + e,
                    "Set sidecar.api.socket (--socket) to a path in a directory this process may write to.");
        }
    }

    private void requireWritable() throws IOException {
        if (choice == Choice.USUAL) {
            Path trial = Files.createFile(AtomicFiles.stagingFor(path));
            Files.delete(trial);
        }
    }

    private boolean isListenedAt() {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** Anybody can make a directory in the one for temporary files, and wait for us to put a socket into it. */
    private static void requireOurs(Path directory) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String mode = PosixFilePermissions.toString(attributes.permissions());
        if (!attributes.isDirectory()
                || !mode.endsWith("------")
                || !attributes.owner().getName().equals(System.getProperty("user.name"))) {
            throw new StartupProblem(
                    "sidecar.api.socket: the default path cannot be had, and '" + directory
                            + "' is not a directory of this user alone (owner "
                            + attributes.owner().getName() + ", mode " + mode + ")",
                    "Set sidecar.api.socket (--socket) to a short path such as /run/sidecar/app.sock.");
        }
    }

    private void removeStale() throws IOException {
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if (((Integer) mode & TYPE_MASK) != TYPE_SOCKET) {
            throw new StartupProblem(
                    "sidecar.api.socket: '" + path + "' exists and is not a socket",
                    "Set sidecar.api.socket (--socket) to another path, or remove the file.");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            Files.deleteIfExists(path);
            return;
        }
        throw new StartupProblem(
                "sidecar.api.socket: '" + path + "' is in use by a running sidecar",
                "Give this one another name (--name) or socket (--socket, sidecar.api.socket), or stop the other one.");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
