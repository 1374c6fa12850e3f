package dev.sidecar.server.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of our own with content that may be large: files. Given once; whoever does not give it releases it.
 *
 * @param name for logs and metrics, as a route's; of bounded number
 * @param status the HTTP status
 * @param reason why it is not what was asked for, a word of {@link Reasons}; null when it is
 * @param head status line and fields, Content-Length among them, without Connection nor the empty line
 * @param dated whether Date is among them
 * @param parts the content in order; not sent to a HEAD request
 */
public record Reply(String name, int status, @Nullable String reason, byte[] head, boolean dated, List<Part> parts)
        implements Decision {

    /** One that is made now, which its Date will say. */
    public Reply(String name, int status, @Nullable String reason, byte[] head, List<Part> parts) {
        this(name, status, reason, head, false, parts);
    }

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
