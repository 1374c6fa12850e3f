package dev.sidecar.client.transport;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch of what the API has no stream for: asks again and again, on a thread of its own, until it is closed. A
 * listener that throws is called again with the next answer.
 */
public final class PolledWatch<T> implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(PolledWatch.class);

    private final Supplier<T> ask;
    private final Function<T, Duration> pause;
    private final Consumer<T> listener;
    private final Set<PolledWatch<T>> open;
    private final Thread thread;
    private volatile boolean closed;

    private PolledWatch(
            String role, Supplier<T> ask, Function<T, Duration> pause, Consumer<T> listener, Set<PolledWatch<T>> open) {
        this.ask = ask;
        this.pause = pause;
        this.listener = listener;
        this.open = open;
        this.thread = Threads.named(role, this::run);
    }

    /**
     * Starts to ask.
     *
     * @param role names the thread
     * @param pause how long to wait after an answer
     * @param open where the watch is until it is closed
     */
    public static <T> PolledWatch<T> start(
            String role, Supplier<T> ask, Function<T, Duration> pause, Consumer<T> listener, Set<PolledWatch<T>> open) {
        PolledWatch<T> watch = new PolledWatch<>(role, ask, pause, listener, open);
        open.add(watch);
        watch.thread.start();
        return watch;
    }

    private void run() {
        Backoff backoff = new Backoff();
        try {
            while (!closed) {
                Thread.sleep(look(backoff).toMillis());
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private Duration look(Backoff backoff) {
        T answer;
        try {
            answer = ask.get();
        } catch (SidecarException e) {
            LOG.debug("A watch has no answer, and goes on: {}", e.getMessage());
            return backoff.next();
        }
        backoff.reset();
        tell(answer);
        return pause.apply(answer);
    }

    private synchronized void tell(T answer) {
        if (closed) {
            return;
        }
        try {
            listener.accept(answer);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        open.remove(this);
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            synchronized (this) {
                // A listener that is running ends first: no call comes after this.
            }
        }
    }
}
