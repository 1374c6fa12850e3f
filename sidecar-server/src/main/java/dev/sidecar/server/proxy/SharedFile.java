package dev.sidecar.server.proxy;

import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open file that several replies send from, closed when the last of them and its owner let go. Thread-safe. */
public final class SharedFile extends AbstractReferenceCounted {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

    private final FileChannel channel;

    /** Takes over the channel; the caller holds the first reference. */
    public SharedFile(FileChannel channel) {
        this.channel = channel;
    }

    public FileChannel channel() {
        return channel;
    }

    /** Whether there is one more reference now; not when it is closed already. */
    public boolean tryRetain() {
        try {
            retain();
            return true;
        } catch (IllegalReferenceCountException closed) {
            return false;
        }
    }

    @Override
    protected void deallocate() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a file could not be closed", e);
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
