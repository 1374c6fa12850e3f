package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.HeadReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;

/** What the connections of one event loop share. */
final class LoopState {

    final EventLoop loop;
    final EventLoops loops;
    final HeadReader heads;
    /** For what takes up to some seconds. */
    final Deadlines fine;
    /** For idle connections and slow clients. */
    final Deadlines coarse;

    /** To put a head together in, piece by piece, before it goes to memory that such pieces are slow to reach. */
    final ByteBuf scratch = Unpooled.buffer(4096);

    final Afterwards afterwards;
    final HttpDate date = new HttpDate();
    final UpstreamPool pool;
    final Set<ClientConnection> clients = Collections.newSetFromMap(new IdentityHashMap<>());

    final Set<Http2Clients> http2 = Collections.newSetFromMap(new IdentityHashMap<>());
    final Http2Pool http2Pool;

    LoopState(EventLoop loop, EventLoops loops, ProxyOptions options, Consumer<Exchange> record) {
        this.loop = loop;
        this.loops = loops;
        this.afterwards = new Afterwards(loop, record);
        this.heads = new HeadReader(options.head());
        this.fine = new Deadlines(loop, 20_000_000, 512);
        this.coarse = new Deadlines(loop, 250_000_000, 512);
        this.http2Pool = new Http2Pool(this, options);
        this.pool = new UpstreamPool(this, options);
    }
}
