package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.RequestEdit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Router} wants done with a request: an {@link Answer}, a {@link Reply}, a {@link Forward}, a {@link
 * Tunnel}, or one of these {@link Later}.
 */
public sealed interface Decision permits Answer, Reply, Decision.Forward, Decision.Tunnel, Decision.Later {

    /**
     * Send it to an upstream.
     *
     * @param route names the instances and judges the attempts
     * @param edit what changes in the head
     * @param mirror gets a copy of it when it is complete and not longer than what is kept for retries; null for nobody
     * @param tap sees what is answered; null for nobody
     */
    record Forward(Route route, RequestEdit edit, @Nullable Mirror mirror, @Nullable Tap tap) implements Decision {

        public Forward(Route route, RequestEdit edit, @Nullable Mirror mirror) {
            this(route, edit, mirror, null);
        }

        public Forward(Route route, RequestEdit edit) {
            this(route, edit, null, null);
        }
    }

    /**
     * Connect the client of a CONNECT request to what the route names, and pass bytes both ways.
     *
     * @param route names the one place to connect to
     */
    record Tunnel(Route route) implements Decision {}

    /**
     * It takes work that may block, so it is done elsewhere. Nothing of the request's content is read meanwhile.
     *
     * @param work begins it; hands over the decision exactly once and on any thread
     */
    record Later(Consumer<Consumer<Decision>> work) implements Decision {}
}
