package dev.sidecar.autoconfigure.discovery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the application after its web server is up and deregisters it before the web server stops, so that nobody
 * is sent to a closed port.
 */
final class SelfRegistration implements AutoServiceRegistration, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SelfRegistration.class);

    private final SidecarServiceRegistry registry;
    private final SidecarRegistration registration;
    private final ApplicationEventPublisher publisher;
    private volatile boolean running;

    SelfRegistration(
            SidecarServiceRegistry registry, SidecarRegistration registration, ApplicationEventPublisher publisher) {
        this.registry = registry;
        this.registration = registration;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        if (registration.getPort() == 0) {
            log.debug("Not registered: there is no web server and sidecar.app.port is not set");
            return;
        }
        registry.register(registration);
        running = true;
        publisher.publishEvent(new InstanceRegisteredEvent<>(this, registration));
    }

    @Override
    public void stop() {
        running = false;
        registry.deregister(registration);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
