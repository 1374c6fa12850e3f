package dev.sidecar.discovery;

import dev.sidecar.Subscription;
import dev.sidecar.runtime.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Those who wait for a change of a list, once or for ever. No thread is blocked for them. */
final class ChangeFeed implements AutoCloseable {

    private final Function<String, ServiceInstances> reader;
    private final ScheduledExecutorService timer;
    private final ExecutorService answers = Threads.serial("discovery-answers");
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    private record Waiter(String service, long index, CompletableFuture<ServiceInstances> answer) {}

    ChangeFeed(Function<String, ServiceInstances> reader, ScheduledExecutorService timer) {
        this.reader = reader;
        this.timer = timer;
    }

    CompletableFuture<ServiceInstances> await(String service, long index, Duration wait) {
        Waiter waiter = new Waiter(service, index, new CompletableFuture<>());
        waiters.add(waiter);
        try {
            ScheduledFuture<?> timeout =
                    timer.schedule(() -> answer(waiter), Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            waiter.answer().whenComplete((list, error) -> {
                waiters.remove(waiter);
                timeout.cancel(false);
            });
        } catch (RejectedExecutionException e) {
            waiter.answer().complete(reader.apply(service));
        }
        // The list may have changed before the waiter was there to be told.
        answerIfChanged(waiter);
        return waiter.answer();
    }

    Subscription watch(String service, Consumer<ServiceInstances> listener) {
        Watcher watcher = new Watcher(service, reader, listener, watchers::remove);
        watchers.add(watcher);
        watcher.signal();
        return watcher;
    }

    void changed(Set<String> services) {
        for (Waiter waiter : waiters) {
            if (services.contains(waiter.service())) {
                answerIfChanged(waiter);
            }
        }
        for (Watcher watcher : watchers) {
            if (services.contains(watcher.service())) {
                watcher.signal();
            }
        }
    }

    private void answerIfChanged(Waiter waiter) {
        if (reader.apply(waiter.service()).index() != waiter.index()) {
            answer(waiter);
        }
    }

    /** Not on the caller's thread: what hangs on the answer may be slow. */
    private void answer(Waiter waiter) {
        try {
            answers.execute(() -> waiter.answer().complete(reader.apply(waiter.service())));
        } catch (RejectedExecutionException e) {
            waiter.answer().complete(reader.apply(waiter.service()));
        }
    }

    /** Ends all watches; those who wait get the list as it is. */
    @Override
    public void close() {
        watchers.forEach(Watcher::close);
        waiters.forEach(this::answer);
        answers.shutdown();
    }
}
