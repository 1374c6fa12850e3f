package dev.sidecar.server.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call through an {@link InProcessProxy}. One thread may send the request's content while another receives the
 * response; both block at the speed of the other side.
 */
public final class InProcessCall implements InProcessChannel.Peer {

    private static final int QUEUED = 256 * 1024;
    private static final ByteBuf END = Unpooled.unreleasableBuffer(Unpooled.buffer(0, 0));

    private final InProcessChannel channel;
    private final boolean toHead;
    private final Semaphore wanted = new Semaphore(0);
    private final LinkedBlockingQueue<ByteBuf> response = new LinkedBlockingQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean over;

    InProcessCall(SocketAddress client, boolean toHead) {
        this.channel = new InProcessChannel(client, this);
        this.toHead = toHead;
    }

    InProcessChannel channel() {
        return channel;
    }

    /**
     * Sends the next bytes after the head, framed as the head says, when they are wanted.
     *
     * @return false when nobody wants them any more
     */
    public boolean send(byte[] bytes) throws InterruptedException {
        if (!over) {
            wanted.acquire();
            wanted.drainPermits();
        }
        if (over) {
            return false;
        }
        channel.received(Unpooled.wrappedBuffer(bytes));
        return true;
    }

    /**
     * Receives the response.
     *
     * @return whether it was complete; not when it was cut off
     */
    public boolean receive(ResponseSink sink) throws InterruptedException {
        ResponseReader reader = new ResponseReader(ByteBufAllocator.DEFAULT, toHead, sink);
        try {
            while (!reader.ended()) {
                ByteBuf next = response.take();
                if (next == END) {
                    return false;
                }
                int length = next.readableBytes();
                reader.read(next);
                if (queued.getAndAdd(-length) >= QUEUED) {
                    channel.resumeWriting();
                }
            }
            return true;
        } finally {
            reader.release();
        }
    }

    /** Ends the call, whatever is still missing. */
    public void close() {
        channel.close();
        for (ByteBuf left = response.poll(); left != null; left = response.poll()) {
            left.release();
        }
    }

    @Override
    public void wanted() {
        wanted.release();
    }

    @Override
    public boolean takes() {
        return queued.get() < QUEUED;
    }

    @Override
    public void take(ByteBuf bytes) {
        queued.addAndGet(bytes.readableBytes());
        response.add(bytes);
    }

    @Override
    public void closed() {
        over = true;
        response.add(END);
        wanted.release();
    }
}
