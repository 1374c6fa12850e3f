package dev.sidecar.logging.spool;

import java.io.IOException;

/** There is no room for a batch, and the policy does not make any. */
public final class SpoolFullException extends IOException {

    private static final long serialVersionUID = 1;

    SpoolFullException(long maxBytes) {
        super("the spool holds sidecar.logging.spool.max-size=" + maxBytes + " bytes already");
    }
}
