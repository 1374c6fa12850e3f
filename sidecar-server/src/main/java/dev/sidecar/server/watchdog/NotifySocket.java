package dev.sidecar.server.watchdog;

import dev.sidecar.runtime.Threads;
import dev.sidecar.watchdog.LocalWatchdog;
import dev.sidecar.watchdog.Notice;
import dev.sidecar.watchdog.ProcessFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the application speaks the sd_notify protocol; its address is {@code NOTIFY_SOCKET}. Only the application and
 * its descendants are heard. Of a sender that has ended already it can only be said whose it was: it is heard when it
 * had our user.
 */
public final class NotifySocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

    private final String address;
    private final DatagramSocket socket;
    private final LocalWatchdog watchdog;
    private final AppFamily family;
    private final long user;
    private final AtomicBoolean strangerSaid = new AtomicBoolean();

    private NotifySocket(String address, DatagramSocket socket, LocalWatchdog watchdog, AppFamily family, long user) {
        this.address = address;
        this.socket = socket;
        this.watchdog = watchdog;
        this.family = family;
        this.user = user;
    }

    /**
     * Listens from now on.
     *
     * @param address a path in a directory of ours, or {@code @} and an abstract name
     */
    public static NotifySocket open(String address, LocalWatchdog watchdog, AppFamily family) throws IOException {
        if (!address.startsWith("@")) {
            Files.deleteIfExists(Path.of(address));
        }
        NotifySocket socket = new NotifySocket(address, DatagramSocket.bind(address), watchdog, family, ownUser());
        Threads.named("notify", socket::listen).start();
        return socket;
    }

    public String address() {
        return address;
    }

    private void listen() {
        try {
            while (true) {
                hear(socket.receive());
            }
        } catch (IOException e) {
            LOG.debug("nobody listens to {} any more: {}", address, e.getMessage());
        }
    }

    private void hear(Datagram datagram) {
        if (!isFamily(datagram)) {
            if (strangerSaid.compareAndSet(false, true)) {
                LOG.warn(
                        "process {} is not of the application and is not heard at {}; others will be passed over silently",
                        datagram.pid(),
                        address);
            }
            return;
        }
        for (Notice notice : NotifyMessage.parse(datagram.content())) {
            if (notice instanceof Notice.MainPid main && !family.contains(main.pid())) {
                LOG.warn("MAINPID={}: is no process of the application and is not believed", main.pid());
            } else {
                watchdog.accept(notice);
            }
        }
    }

    private boolean isFamily(Datagram datagram) {
        if (family.contains(datagram.pid())) {
            return true;
        }
        boolean ended = new ProcessFiles(datagram.pid()).parent().isEmpty();
        return ended && datagram.uid() == user;
    }

    private static long ownUser() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    @Override
    public void close() {
        socket.close();
        if (!address.startsWith("@")) {
            try {
                Files.deleteIfExists(Path.of(address));
            } catch (IOException e) {
                LOG.debug("{} stays: {}", address, e.getMessage());
            }
        }
    }
}
