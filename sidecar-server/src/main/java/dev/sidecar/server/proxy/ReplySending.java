package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reply on its way to a client. Where nothing must be done to the bytes the kernel sends from the file; where they
 * are encrypted they are read at the speed at which the client takes them.
 */
final class ReplySending {

    private static final int CHUNK = 64 * 1024;

    private final Reply reply;
    private final ChannelHandlerContext context;
    private final Outbound out;
    private final boolean zeroCopy;
    private final Runnable done;
    private final Runnable failed;
    private @Nullable Region region;
    private long seen;
    private int index;
    private long offset;
    private boolean over;

    ReplySending(
            Reply reply,
            ChannelHandlerContext context,
            Outbound out,
            boolean zeroCopy,
            Runnable done,
            Runnable failed) {
        this.reply = reply;
        this.context = context;
        this.out = out;
        this.zeroCopy = zeroCopy;
        this.done = done;
        this.failed = failed;
    }

    /** Writes what can be written now; {@link #done} is called as soon as that is all. */
    void send() {
        try {
            List<Part> parts = reply.parts();
            while (index < parts.size()) {
                Part part = parts.get(index);
                if (part instanceof Part.Bytes bytes) {
                    out.bytes(bytes.bytes());
                } else if (part instanceof Part.OfFile stretch && !sent(stretch)) {
                    return;
                }
                index++;
                offset = 0;
            }
        } catch (IOException e) {
            abort();
            failed.run();
            return;
        }
        if (region == null) {
            finish();
        } else {
            out.flushed().addListener(written -> {
                if (written.isSuccess()) {
                    finish();
                } else if (!over) {
                    over = true;
                    failed.run();
                }
            });
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            done.run();
        }
    }

    private boolean sent(Part.OfFile stretch) throws IOException {
        if (zeroCopy) {
            region = new Region(stretch);
            out.region(region);
            return true;
        }
        while (offset < stretch.size()) {
            if (!context.channel().isWritable()) {
                return false;
            }
            int length = (int) Math.min(CHUNK, stretch.size() - offset);
            ByteBuf chunk = context.alloc().directBuffer(length);
            try {
                int read = chunk.writeBytes(stretch.file().channel(), stretch.offset() + offset, length);
                if (read <= 0) {
                    throw new EOFException("the file became shorter");
                }
                offset += read;
                out.whole(chunk.retain());
            } finally {
                chunk.release();
            }
            out.flush();
        }
        stretch.file().release();
        return true;
    }

    /** Whether the client took anything since it was asked last. */
    boolean progressed() {
        Region current = region;
        long now = current == null ? offset + ((long) index << 40) : current.transferred();
        boolean more = now != seen;
        seen = now;
        return more;
    }

    /** Lets go of what was not written. */
    void abort() {
        if (over) {
            return;
        }
        over = true;
        List<Part> parts = reply.parts();
        for (; index < parts.size(); index++) {
            if (parts.get(index) instanceof Part.OfFile stretch) {
                stretch.file().release();
            }
        }
    }

    /** What Netty sends by {@code sendfile}; the file is closed by whom it belongs to. */
    private static final class Region extends DefaultFileRegion {
        private final SharedFile file;

        Region(Part.OfFile stretch) {
            super(stretch.file().channel(), stretch.offset(), stretch.size());
            this.file = stretch.file();
        }

        @Override
        protected void deallocate() {
            file.release();
        }
    }
}
