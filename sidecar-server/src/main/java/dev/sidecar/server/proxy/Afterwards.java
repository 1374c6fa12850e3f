package dev.sidecar.server.proxy;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one event loop does when it has read from all connections that are ready: it sends to all that get something,
 * then records what ended. Many of a kind one after the other keep the processor's caches warmer than all kinds for one
 * connection after the other, and no answer waits for its record.
 */
final class Afterwards {

    private final EventLoop loop;
    private final Consumer<Exchange> record;
    private List<Outbound> sending = new ArrayList<>();
    private List<Outbound> spare = new ArrayList<>();
    private final List<Exchange> ended = new ArrayList<>();
    private boolean due;

    Afterwards(EventLoop loop, Consumer<Exchange> record) {
        this.loop = loop;
        this.record = record;
    }

    void send(Outbound out) {
        sending.add(out);
        begin();
    }

    void record(Exchange exchange) {
        ended.add(exchange);
        begin();
    }

    private void begin() {
        if (!due) {
            due = true;
            loop.execute(this::run);
        }
    }

    private void run() {
        due = false;
        List<Outbound> now = sending;
        sending = spare;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flush();
        }
        now.clear();
        spare = now;
        for (int i = 0; i < ended.size(); i++) {
            record.accept(ended.get(i));
        }
        ended.clear();
    }
}
