package dev.sidecar.server.lifecycle;

import dev.sidecar.LifecycleState;

/** Where the pair is in its life, and the requests that move it on. Thread-safe. */
public interface Lifecycle {

    LifecycleState state();

    /** Takes the instance out of discovery and lets running work finish; the application stays up. */
    void drain();

    /** Begins an orderly stop and returns at once. */
    void requestShutdown(String reason);
}
