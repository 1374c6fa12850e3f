package dev.sidecar.client.config;

import dev.sidecar.Subscription;
import dev.sidecar.client.transport.EventStream.Event;
import dev.sidecar.client.transport.EventSubscription;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Target;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One stream of changes, opened again where it broke, from where it broke. */
final class Watch implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String prefix;
    private final Consumer<ConfigChange> listener;
    private final Consumer<Watch> closing;
    private final EventSubscription events;
    private long position;

    Watch(Transport transport, String prefix, long after, Consumer<ConfigChange> listener, Consumer<Watch> closing) {
        this.prefix = prefix;
        this.position = after;
        this.listener = listener;
        this.closing = closing;
        this.events = new EventSubscription(transport, "client-config-watch", this::request, true, this::hand);
    }

    void start() {
        events.start();
    }

    private Request request() {
        Target target =
                Target.of(RemoteConfig.PATH).with("watch", "true").with("prefix", prefix.isEmpty() ? null : prefix);
        Request request = Request.get(target.toString()).accept("text/event-stream");
        return position == Config.NOW ? request : request.with(Map.of("Last-Event-ID", Long.toString(position)));
    }

    private void hand(Event event) {
        try {
            if (event.data() != null) {
                listener.accept(ExactJson.MAPPER.readValue(event.data(), ConfigChange.class));
            }
        } catch (JacksonException e) {
            LOG.warn("A change of the configuration could not be read: {}", e.getOriginalMessage());
        } finally {
            // After the listener: what it was not told it is told again.
            if (event.id() != null) {
                position = Long.parseLong(event.id());
            }
        }
    }

    @Override
    public void close() {
        closing.accept(this);
        events.close();
    }
}
