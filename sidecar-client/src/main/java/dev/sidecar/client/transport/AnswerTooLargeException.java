package dev.sidecar.client.transport;

import java.io.IOException;

/** The body of the answer goes beyond what one may take of our memory. */
final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(long limit) {
        super("the answer is larger than " + limit + " bytes");
    }
}
