package dev.sidecar.logging;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who read along. Thread-safe. */
final class Followers implements AutoCloseable {

    private static final int MAX = 64;

    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    Subscription follow(LogQuery query, Consumer<LogRecord> listener) {
        if (followers.size() >= MAX) {
            throw new SidecarException(
                    Problem.of(429, "too-many-followers", "there are " + MAX + " readers of the log already; end one")
                            .retryAfter(10));
        }
        Follower follower = new Follower(query, listener);
        followers.add(follower);
        return () -> {
            followers.remove(follower);
            follower.close();
        };
    }

    void publish(LogRecord record) {
        for (Follower follower : followers) {
            follower.offer(record);
        }
    }

    @Override
    public void close() {
        followers.forEach(Follower::close);
        followers.clear();
    }
}
