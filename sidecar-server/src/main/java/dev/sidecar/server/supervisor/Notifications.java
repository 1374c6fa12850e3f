package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import dev.sidecar.autoconfigure.watchdog.WatchdogProperties;
import dev.sidecar.runtime.DiskFailure;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.watchdog.AppFamily;
import dev.sidecar.server.watchdog.LeftSockets;
import dev.sidecar.server.watchdog.NotifySocket;
import dev.sidecar.watchdog.LocalWatchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket for sd_notify and the variables that tell of it; neither where the watchdog is off, where the user gave
 * the application another socket, or where none can be had: an application runs without it too.
 */
final class Notifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final @Nullable NotifySocket socket;
    private final Map<String, String> variables;

    private Notifications(@Nullable NotifySocket socket, Map<String, String> variables) {
        this.socket = socket;
        this.variables = variables;
    }

    static Notifications open(
            WatchdogProperties properties,
            LocalWatchdog watchdog,
            AppFamily family,
            SidecarHome home,
            Identity identity,
            String run) {
        if (!properties.enabled()) {
            return new Notifications(null, Map.of());
        }
        if (Inheritance.withoutInherited(System.getenv()).containsKey(NotifyVariables.SOCKET)) {
            LOG.info("NOTIFY_SOCKET is set, so the application speaks there and not to this sidecar");
            return new Notifications(null, Map.of());
        }
        LeftSockets.remove(home.path().resolve("run"), NotifyAddress.glob(identity.name()));
        String address = NotifyAddress.of(properties.notifySocket(), home, identity.name(), run);
        try {
            NotifySocket socket = open(address, watchdog, family);
            return new Notifications(socket, NotifyVariables.of(socket.address(), properties.heartbeat()));
        } catch (IOException | LinkageError e) {
            LOG.warn("no socket for sd_notify at {}: {}; heartbeats come by HTTP only", address, e.toString());
            return new Notifications(null, Map.of());
        }
    }

    private static NotifySocket open(String address, LocalWatchdog watchdog, AppFamily family) throws IOException {
        try {
            return NotifySocket.open(address, watchdog, family);
        } catch (IOException e) {
            if (!DiskFailure.mayPass(e)) {
                throw e;
            }
            return NotifySocket.open(NotifyAddress.unguessable(), watchdog, family);
        }
    }

    Map<String, String> variables() {
        return variables;
    }

    /** Files that no other may find, and the socket. */
    List<Path> and(List<Path> others) {
        return socket == null || socket.address().startsWith("@")
                ? others
                : Stream.concat(others.stream(), Stream.of(Path.of(socket.address())))
                        .toList();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
