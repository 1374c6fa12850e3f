package dev.sidecar.server.proxy.http1;

/** How the end of a message's content is found (RFC 9112 section 6.3). */
public enum Framing {
    /** There is no content. */
    NONE,
    /** As many bytes as Content-Length says. */
    LENGTH,
    /** Chunks up to the one of size zero, then trailers. */
    CHUNKED,
    /** Responses only: up to the end of the connection. */
    UNTIL_CLOSE
}
