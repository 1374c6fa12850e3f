package dev.sidecar.server.ambassador;

import dev.sidecar.server.proxy.EventLoops;
import dev.sidecar.server.proxy.ExchangeListener;
import dev.sidecar.server.proxy.InProcessProxy;
import dev.sidecar.server.proxy.Router;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The data plane behind {@code /v1/invoke}, there from the first call on. Thread-safe. */
final class Invoker implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Supplier<@Nullable EventLoops> shared;
    private final Supplier<Router> router;
    private final Supplier<ExchangeListener> listener;
    private @Nullable EventLoops own;
    private @Nullable InProcessProxy proxy;

    /**
     * @param shared threads of the ports; gives null when there is none
     */
    Invoker(Supplier<@Nullable EventLoops> shared, Supplier<Router> router, Supplier<ExchangeListener> listener) {
        this.shared = shared;
        this.router = router;
        this.listener = listener;
    }

    synchronized InProcessProxy proxy() {
        InProcessProxy there = proxy;
        if (there == null) {
            EventLoops loops = shared.get();
            if (loops == null) {
                loops = new EventLoops(EventLoops.defaultThreads());
                own = loops;
            }
            there = new InProcessProxy(loops, router.get(), listener.get());
            proxy = there;
        }
        return there;
    }

    @Override
    public synchronized void close() {
        if (proxy != null) {
            proxy.close(GRACE);
        }
        if (own != null) {
            own.close();
        }
    }
}
