package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** What was read from one connection and is not understood yet. Holds no memory when that is nothing. */
final class Inbound {

    private @Nullable ByteBuf bytes;

    /** Takes over what was read. */
    void add(ByteBuf more, ByteBufAllocator alloc) {
        ByteBuf had = bytes;
        if (had == null) {
            bytes = more;
            return;
        }
        // Slices of it may be on their way out: then, or when it is full, what is left moves to a new one.
        if (had.refCnt() > 1
                || had.isReadOnly()
                || had.maxWritableBytes() < more.readableBytes()
                || had.writableBytes() < more.readableBytes()) {
            int needed = had.readableBytes() + more.readableBytes();
            ByteBuf larger = alloc.directBuffer(Math.max(512, needed * 2));
            larger.writeBytes(had);
            had.release();
            had = larger;
            bytes = larger;
        }
        had.writeBytes(more);
        more.release();
    }

    /** What there is, null when there is nothing. */
    @Nullable
    ByteBuf readable() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == null || !bytes.isReadable();
    }

    int size() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** Gives memory back when everything was read. */
    void trim() {
        if (bytes != null && !bytes.isReadable()) {
            release();
        }
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
