package dev.sidecar.server.security;

import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.listener.SocketFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a sidecar puts its token. What is one sidecar's alone is its socket, not its name: one with a socket of its own
 * choice has a file of its own too.
 */
public final class TokenFile {

    private TokenFile() {}

    /**
     * {@code <home>/run/<name>.token}, or {@code <name>@<hash of the socket's path>.token}.
     *
     * @param socket as configured; null for the usual one
     */
    public static Path of(SidecarHome home, String name, @Nullable Path socket) {
        Path usual = SocketFile.of(null, home, name).path();
        Path own = SocketFile.of(socket, home, name).path();
        return home.path()
                .resolve("run")
                .resolve(
                        own.equals(usual.normalize()) || own.equals(usual)
                                ? name + ".token"
                                : name + "@" + hash(own) + ".token");
    }

    private static String hash(Path path) {
        return UUID.nameUUIDFromBytes(path.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }
}
