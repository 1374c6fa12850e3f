package dev.sidecar.discovery;

import dev.sidecar.LocalContext;
import dev.sidecar.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The registry shared by every sidecar and library of the host. */
public final class LocalDiscovery implements Discovery, AutoCloseable {
    private LocalDiscovery() {}

    public static LocalDiscovery start(LocalContext context, DiscoveryOptions options) {
        return new LocalDiscovery();
    }

    @Override
    public ServiceInstance register(Registration registration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean deregister(String service, String instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServiceList services() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServiceInstances instances(String service) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<ServiceInstances> changed(String service, long index, Duration wait) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription watch(String service, Consumer<ServiceInstances> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
