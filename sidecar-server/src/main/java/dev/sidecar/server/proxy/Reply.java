package dev.sidecar.server.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of our own with content that may be large: files. Given once; whoever does not give it releases it.
 *
 * @param name for logs and metrics, as a route's; of bounded number
 * @param status the HTTP status
 * @param reason why it is not what was asked for, a word of {@link Reasons}; null when it is
 * @param head status line and fields, Content-Length among them, without Date and Connection nor the empty line
 * @param parts the content in order; not sent to a HEAD request
 */
public record Reply(String name, int status, @Nullable String reason, byte[] head, List<Part> parts)
        implements Decision {

    /** Bytes of content. */
    public long size() {
        long size = 0;
        for (Part part : parts) {
            size += part.size();
        }
        return size;
    }

    /** It is not sent, or not any more: lets go of its files. */
    public void release() {
        for (Part part : parts) {
            if (part instanceof Part.OfFile stretch) {
                stretch.file().release();
            }
        }
    }
}
