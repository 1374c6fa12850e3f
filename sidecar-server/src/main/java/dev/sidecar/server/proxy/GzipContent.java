package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One answer's content, compressed as it comes. Belongs to one event loop; has native memory until it is closed. */
final class GzipContent implements AutoCloseable {

    /** A third of the work of the usual six, for some percent more bytes. */
    private static final int LEVEL = 4;

    private static final int BUFFER = 8 * 1024;

    private final ByteBufAllocator alloc;
    private final Gzip gzip;
    private @Nullable ByteBuf pending;
    private boolean dirty;
    private boolean closed;

    GzipContent(ByteBufAllocator alloc) {
        this.alloc = alloc;
        try {
            this.gzip = new Gzip(new Pending());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    void add(ByteBuf in, int length) {
        dirty = true;
        work(() -> in.readBytes(gzip, length));
    }

    /** Lets out what came so far, because what follows may take its time. */
    void flush() {
        if (dirty && !closed) {
            dirty = false;
            work(gzip::flush);
        }
    }

    void finish() {
        work(gzip::finish);
    }

    /** What there is to be sent, which then belongs to the caller; null when there is nothing. */
    @Nullable
    ByteBuf take() {
        ByteBuf ready = pending;
        pending = null;
        return ready;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            work(gzip::close);
            ByteBuf left = take();
            if (left != null) {
                left.release();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void work(Work work) {
        try {
            work.run();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, BUFFER, true);
            def.setLevel(LEVEL);
        }
    }

    /** What was compressed and is not taken yet. */
    private final class Pending extends OutputStream {
        @Override
        public void write(int octet) {
            into().writeByte(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            into().writeBytes(bytes, offset, length);
        }

        private ByteBuf into() {
            ByteBuf there = pending;
            if (there == null) {
                there = alloc.directBuffer(BUFFER);
                pending = there;
            }
            return there;
        }
    }
}
