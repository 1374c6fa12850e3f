package dev.sidecar.client.logging;

import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.EventStream.Event;
import dev.sidecar.client.transport.EventSubscription;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The stream of new records for one listener. */
final class Follower implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Consumer<LogRecord> listener;
    private final Set<Follower> open;
    private final EventSubscription events;

    private Follower(Transport transport, LogQuery query, Consumer<LogRecord> listener, Set<Follower> open) {
        Request request = Request.get(RemoteLogs.target(query).toString()).accept("text/event-stream");
        this.listener = listener;
        this.open = open;
        this.events = new EventSubscription(transport, "client-follow", () -> request, false, this::hand);
    }

    /** Is one of the open ones until it is closed. */
    static Follower start(Transport transport, LogQuery query, Consumer<LogRecord> listener, Set<Follower> open) {
        Follower follower = new Follower(transport, query, listener, open);
        follower.events.start();
        open.add(follower);
        return follower;
    }

    private void hand(Event event) {
        if (event.data() == null) {
            return;
        }
        try {
            listener.accept(Api.json().readValue(event.data(), LogRecord.class));
        } catch (JacksonException e) {
            LOG.warn("A log record could not be read: {}", e.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        open.remove(this);
        events.close();
    }
}
