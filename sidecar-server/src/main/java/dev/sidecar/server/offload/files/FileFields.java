package dev.sidecar.server.offload.files;

import dev.sidecar.server.offload.negotiation.Coding;
import io.netty.handler.codec.DateFormatter;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/**
 * The header fields that all representations of a file share.
 *
 * @param type the value of Content-Type
 * @param cacheControl the value of Cache-Control
 * @param varies whether a client that takes other codings may get another one
 */
record FileFields(String type, String cacheControl, boolean varies) {

    static final FileFields NONE = new FileFields("", "", false);

    /** Status line and all fields, as {@link dev.sidecar.server.proxy.Reply} wants them. */
    byte[] whole(Coding coding, String etag, long modified, long size, boolean ranges) {
        StringBuilder head = new StringBuilder(400).append("HTTP/1.1 200 OK\r\n");
        describe(head, coding);
        validate(head, etag, modified);
        if (ranges) {
            head.append("Accept-Ranges: bytes\r\n");
        }
        return bytes(head.append("Content-Length: ").append(size).append("\r\n"));
    }

    /** What the content is. */
    void describe(StringBuilder head, Coding coding) {
        head.append("Content-Type: ").append(type).append("\r\nX-Content-Type-Options: nosniff\r\n");
        encoding(head, coding);
    }

    static void encoding(StringBuilder head, Coding coding) {
        if (coding != Coding.IDENTITY) {
            head.append("Content-Encoding: ").append(coding.token()).append("\r\n");
        }
    }

    /** By what a copy of it is recognised, and how long one may be used. */
    void validate(StringBuilder head, String etag, long modified) {
        head.append("ETag: ")
                .append(etag)
                .append("\r\nLast-Modified: ")
                .append(DateFormatter.format(new Date(modified * 1000)))
                .append("\r\nCache-Control: ")
                .append(cacheControl)
                .append("\r\n");
        if (varies) {
            head.append("Vary: Accept-Encoding\r\n");
        }
    }

    static byte[] bytes(StringBuilder head) {
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
