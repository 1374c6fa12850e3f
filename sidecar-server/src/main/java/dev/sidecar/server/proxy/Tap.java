package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Sees what the upstream answers to one request, and may give another answer instead. On the request's event loop. */
public interface Tap {

    /** The head that is about to be delivered. Another answer to give instead of it; null to deliver it. */
    default @Nullable Reply head(ResponseHead head) {
        return null;
    }

    /** The next {@code length} bytes of content, at the reader index of {@code in}, which must stay where it is. */
    default void content(ByteBuf in, int length) {}

    /** The content was complete. */
    default void end() {}

    /** No answer is to be had, for that reason. An answer to give instead of saying so; null to say so. */
    default @Nullable Reply failed(String reason) {
        return null;
    }

    /** Nothing more follows, whatever came before. Called once. */
    default void over() {}
}
