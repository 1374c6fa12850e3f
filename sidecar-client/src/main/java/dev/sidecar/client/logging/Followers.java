package dev.sidecar.client.logging;

import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The streams of records that are being read. Thread-safe. */
final class Followers implements AutoCloseable {

    private final Transport transport;
    private final Set<Follower> open = ConcurrentHashMap.newKeySet();

    Followers(Transport transport) {
        this.transport = transport;
    }

    Subscription follow(LogQuery query, Consumer<LogRecord> listener) {
        Follower follower = new Follower(transport, query, listener);
        open.add(follower);
        follower.start();
        return () -> {
            open.remove(follower);
            follower.close();
        };
    }

    @Override
    public void close() {
        open.forEach(Follower::close);
        open.clear();
    }
}
