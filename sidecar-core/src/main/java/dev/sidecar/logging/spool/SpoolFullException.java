package dev.sidecar.logging.spool;

import java.io.IOException;

/** There is no room for a batch, and the policy does not make any. */
public final class SpoolFullException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean forEver;

    private SpoolFullException(String message, boolean forEver) {
        super(message);
        this.forEver = forEver;
    }

    static SpoolFullException now(long maxBytes) {
        return new SpoolFullException(
                "the spool holds sidecar.logging.spool.max-size=" + maxBytes + " bytes already", false);
    }

    static SpoolFullException always(long size, long maxBytes) {
        return new SpoolFullException(
                "a batch of " + size + " bytes is more than the whole spool may hold"
                        + " (sidecar.logging.spool.max-size=" + maxBytes + ")",
                true);
    }

    /** Whether the batch would not fit in an empty spool either. */
    public boolean isForEver() {
        return forEver;
    }
}
