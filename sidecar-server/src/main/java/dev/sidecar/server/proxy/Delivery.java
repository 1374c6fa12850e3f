package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.Framing;
import dev.sidecar.server.proxy.http1.HeadWriter;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseEdit;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** An upstream's answer on its way to the client: framed as the client understands it, compressed where it is to be. */
final class Delivery {

    private final ClientConnection client;
    private final Exchange exchange;
    private final boolean close;
    private @Nullable GzipContent gzip;

    private Delivery(ClientConnection client, Exchange exchange, boolean close, @Nullable GzipContent gzip) {
        this.client = client;
        this.exchange = exchange;
        this.close = close;
        this.gzip = gzip;
    }

    /**
     * Begins with the head.
     *
     * @param scratch to put the head together in
     */
    static Delivery begin(
            ClientConnection client,
            Exchange exchange,
            ResponseHead head,
            Framing framing,
            ResponseEdit change,
            ByteBuf scratch) {
        RequestHead request = exchange.request();
        boolean recoded = change.recodes() && framing != Framing.NONE;
        boolean open = recoded || framing == Framing.CHUNKED || framing == Framing.UNTIL_CLOSE;
        boolean chunked = open && request.minorVersion() == 1;
        boolean close = client.mustClose(request) || (open && !chunked);
        HeadWriter.response(scratch, head, change, chunked, close);
        client.out().gathered().writeBytes(scratch);
        client.out().chunked(chunked);
        GzipContent gzip = recoded ? new GzipContent(client.channel().alloc()) : null;
        return new Delivery(client, exchange, close, gzip);
    }

    /** The next {@code length} bytes. */
    void content(ByteBuf in, int length) {
        if (gzip == null) {
            exchange.responseBytes += length;
            client.out().content(in, length);
        } else {
            gzip.add(in, length);
        }
    }

    /** What came so far is not held back. */
    void flush() {
        if (gzip != null) {
            gzip.flush();
            write(gzip);
        }
        client.out().flush();
    }

    /** There is no more. */
    void end(Fields trailers) {
        if (gzip != null) {
            gzip.finish();
            write(gzip);
        }
        client.out().end(trailers);
    }

    /** Whether it was the connection's last. */
    boolean closes() {
        return close;
    }

    void release() {
        if (gzip != null) {
            gzip.close();
            gzip = null;
        }
    }

    private void write(GzipContent from) {
        ByteBuf compressed = from.take();
        if (compressed != null) {
            exchange.responseBytes += compressed.readableBytes();
            client.out().content(compressed, compressed.readableBytes());
            compressed.release();
        }
    }
}
