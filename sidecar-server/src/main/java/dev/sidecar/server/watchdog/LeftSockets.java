package dev.sidecar.server.watchdog;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket files nobody listens at any more. A sidecar that is killed has a guardian that removes its own; where both
 * died at once the next start of the same name finds them here.
 */
public final class LeftSockets {

    private static final Logger LOG = LoggerFactory.getLogger(LeftSockets.class);

    private LeftSockets() {}

    /** Removes what is dead; what is in use, and what is no socket, stays. */
    public static void remove(Path directory, String glob) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            for (Path file : files) {
                if (isDead(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.debug("what others left in {} stays: {}", directory, e.toString());
        }
    }

    /** A socket for datagrams that is listened at refuses a stream as of the wrong type, a dead one as refused. */
    private static boolean isDead(Path file) {
        if (Files.isRegularFile(file) || Files.isDirectory(file)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(file));
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
