package dev.sidecar.server.proxy;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event loop has to send when it has read from all connections that are ready. To read from many and then to
 * send to many keeps the processor's caches warmer than to do both for one after the other.
 */
final class Flushes {

    private final EventLoop loop;
    private List<Outbound> waiting = new ArrayList<>();
    private List<Outbound> spare = new ArrayList<>();

    Flushes(EventLoop loop) {
        this.loop = loop;
    }

    void add(Outbound out) {
        if (waiting.isEmpty()) {
            loop.execute(this::run);
        }
        waiting.add(out);
    }

    private void run() {
        List<Outbound> now = waiting;
        waiting = spare;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flush();
        }
        now.clear();
        spare = now;
    }
}
