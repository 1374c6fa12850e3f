package dev.sidecar.server.proxy;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong on a connection: mostly the other side's doing, which is nothing to say much about. */
final class Fault {

    private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

    private Fault() {}

    /** Whether it is a fault of this program, which is then said in the log. */
    static boolean isOurs(Throwable cause) {
        boolean theirs =
                cause instanceof IOException || cause instanceof DecoderException || cause instanceof Http2Exception;
        if (!theirs) {
            LOG.error("a message could not be handled; its connection is closed", cause);
        }
        return !theirs;
    }
}
