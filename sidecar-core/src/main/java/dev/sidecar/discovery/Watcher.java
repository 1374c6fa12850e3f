package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Signal;
import java.util.function.Consumer;
import java.util.function.Function;

/** One listener, called on a thread of its own that is there only while there is something to tell. */
final class Watcher implements Subscription {

    private final String service;
    private final Function<String, ServiceInstances> reader;
    private final Consumer<ServiceInstances> listener;
    private final Consumer<Watcher> closing;
    private final Signal signal = new Signal("discovery-watch", this::call);
    private long lastIndex = Long.MIN_VALUE;

    Watcher(
            String service,
            Function<String, ServiceInstances> reader,
            Consumer<ServiceInstances> listener,
            Consumer<Watcher> closing) {
        this.service = service;
        this.reader = reader;
        this.listener = listener;
        this.closing = closing;
    }

    String service() {
        return service;
    }

    /** Signals that come before the listener is called are one. */
    void signal() {
        signal.raise();
    }

    private void call() {
        ServiceInstances list = reader.apply(service);
        if (!signal.isClosed() && list.index() != lastIndex) {
            lastIndex = list.index();
            listener.accept(list);
        }
    }

    @Override
    public void close() {
        closing.accept(this);
        signal.close();
    }
}
