package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;

/** Takes what a {@link BodyDecoder} finds. */
public interface BodySink {

    /** The next {@code length} bytes of content, at the reader index of {@code in}; the sink reads exactly those. */
    void content(ByteBuf in, int length);

    /** The content is complete; {@code trailers} are empty but after chunks. */
    void end(Fields trailers);
}
