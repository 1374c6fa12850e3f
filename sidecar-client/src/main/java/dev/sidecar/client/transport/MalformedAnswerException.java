package dev.sidecar.client.transport;

import java.io.IOException;

/** What came back is not HTTP/1.1, or breaks one of our limits. */
final class MalformedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
