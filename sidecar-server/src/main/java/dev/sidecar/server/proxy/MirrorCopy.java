package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.RequestEdit;
import dev.sidecar.server.proxy.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** The copy of one request for a mirror: gathered as it comes, sent when it is whole, left out when it is too large. */
final class MirrorCopy {

    private final Channel client;
    private final int limit;
    private @Nullable Mirror to;
    private @Nullable ByteBuf content;

    MirrorCopy(Mirror to, Channel client, int limit) {
        this.to = to;
        this.client = client;
        this.limit = limit;
    }

    /** The next {@code length} bytes of content, which are left in {@code in}. */
    void add(ByteBuf in, int length) {
        if (to == null) {
            return;
        }
        ByteBuf had = content == null ? client.alloc().buffer(length) : content;
        content = had;
        if (had.readableBytes() + length > limit) {
            release();
        } else {
            had.writeBytes(in, in.readerIndex(), length);
        }
    }

    /** The request is whole. */
    void send(RequestHead request, RequestEdit edit) {
        Mirror mirror = to;
        to = null;
        if (mirror != null) {
            ByteBuf whole = content == null ? Unpooled.EMPTY_BUFFER : content;
            content = null;
            mirror.copy(request, edit, client.remoteAddress(), whole);
        }
    }

    /** It will not be sent any more. */
    void release() {
        to = null;
        if (content != null) {
            content.release();
            content = null;
        }
    }
}
