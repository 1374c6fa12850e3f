package dev.sidecar.client;

import dev.sidecar.Sidecar;
import dev.sidecar.SidecarInfo;
import dev.sidecar.SidecarStatus;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.health.Health;
import dev.sidecar.logging.Logs;

/** The engines in a process beside this one. */
public final class RemoteSidecar implements Sidecar {

    private RemoteSidecar() {}

    /** Returns at once, whether or not the sidecar answers: until it does, the status is DEGRADED. */
    public static RemoteSidecar connect(RemoteOptions options) {
        return new RemoteSidecar();
    }

    @Override
    public SidecarInfo info() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SidecarStatus status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Logs logs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Discovery discovery() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Health health() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
