package dev.sidecar.server.security;

import dev.sidecar.Problem;
import dev.sidecar.server.listener.Listener;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** One reason not to let a request in. Thread-safe. */
@FunctionalInterface
interface Rule {

    /** Why it is refused; null when this rule has nothing against it. */
    @Nullable
    Problem refuse(Listener listener, Request request);
}
