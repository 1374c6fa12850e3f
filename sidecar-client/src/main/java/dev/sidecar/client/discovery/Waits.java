package dev.sidecar.client.discovery;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.discovery.ServiceInstances;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Blocking reads, each on a thread and a connection that are there as long as it waits. Thread-safe. */
final class Waits implements AutoCloseable {

    private static final int MAX = 128;

    private final Transport transport;
    private final LastKnown lastKnown;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Threads.onDemand("client-wait", MAX, Duration.ofSeconds(5));

    Waits(Transport transport, LastKnown lastKnown) {
        this.transport = transport;
        this.lastKnown = lastKnown;
    }

    CompletableFuture<ServiceInstances> changed(String service, long index, Duration wait) {
        CompletableFuture<ServiceInstances> answer = new CompletableFuture<>();
        BlockingRead read = new BlockingRead(transport, lastKnown, service);
        answer.whenComplete((list, failure) -> read.close());
        run(read, () -> {
            try {
                answer.complete(read.changed(index, wait));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            } catch (InterruptedException e) {
                answer.cancel(false);
            }
        });
        return answer;
    }

    Subscription watch(String service, Consumer<ServiceInstances> listener) {
        Watch watch = new Watch(new BlockingRead(transport, lastKnown, service), listener);
        run(watch, watch);
        return watch;
    }

    private void run(AutoCloseable owned, Runnable work) {
        open.add(owned);
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    open.remove(owned);
                }
            });
        } catch (RejectedExecutionException e) {
            open.remove(owned);
            throw new SidecarException(
                    Problem.of(
                            429,
                            "too-many-watches",
                            "more than " + MAX + " watches and blocking reads at once; share them or close some"),
                    e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        open.forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("neither a watch nor a read fails to close", e);
            }
        });
    }
}
