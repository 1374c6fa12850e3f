package dev.sidecar.autoconfigure.discovery;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.discovery.Discovery;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application, by Spring Cloud's {@link HeartbeatEvent}, when the instances of a service it has asked for
 * are others. Caches of instances live by this event.
 */
final class ServiceChanges implements DisposableBean {

    /** A watch can cost a connection; who asks for more services than this finds out by asking again. */
    private static final int MAX_FOLLOWED = 64;

    private final Discovery discovery;
    private final ApplicationEventPublisher publisher;
    private final Map<String, Subscription> followed = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    ServiceChanges(Discovery discovery, ApplicationEventPublisher publisher) {
        this.discovery = discovery;
        this.publisher = publisher;
    }

    void follow(String service) {
        if (!followed.containsKey(service) && followed.size() < MAX_FOLLOWED) {
            followed.computeIfAbsent(service, this::watch);
        }
    }

    private Subscription watch(String service) {
        AtomicBoolean first = new AtomicBoolean(true);
        try {
            return discovery.watch(service, instances -> {
                if (!first.compareAndSet(true, false)) {
                    publisher.publishEvent(new HeartbeatEvent(this, number.incrementAndGet()));
                }
            });
        } catch (SidecarException e) {
            // The lookup that follows says so to the caller; a name that is none has no changes to tell of.
            return () -> {};
        }
    }

    @Override
    public void destroy() {
        followed.values().forEach(Subscription::close);
        followed.clear();
    }
}
