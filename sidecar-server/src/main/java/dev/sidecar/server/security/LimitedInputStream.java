package dev.sidecar.server.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.function.Supplier;

/** Throws when more is read than allowed. */
final class LimitedInputStream extends ServletInputStream {

    private final ServletInputStream source;
    private final Supplier<RuntimeException> tooLarge;
    private long left;

    LimitedInputStream(ServletInputStream source, long max, Supplier<RuntimeException> tooLarge) {
        this.source = source;
        this.left = max;
        this.tooLarge = tooLarge;
    }

    @Override
    public int read() throws IOException {
        int read = source.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = source.read(target, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw tooLarge.get();
        }
    }

    @Override
    public int available() throws IOException {
        return source.available();
    }

    @Override
    public boolean isFinished() {
        return source.isFinished();
    }

    @Override
    public boolean isReady() {
        return source.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        source.setReadListener(listener);
    }
}
