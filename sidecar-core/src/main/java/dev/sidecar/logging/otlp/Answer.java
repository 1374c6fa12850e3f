package dev.sidecar.logging.otlp;

import org.jspecify.annotations.Nullable;

/** What a collector answered, as far as it matters. */
record Answer(int status, @Nullable String retryAfter, byte[] body) {

    /** More than this is not read: a message for an operator is shorter. */
    static final int MAX_BODY = 64 << 10;
}
