package dev.sidecar.health;

import dev.sidecar.json.DurationText;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The application says how it is. Its word holds at once; silence for longer than the ttl fails at once. */
final class TtlCheck implements Check {

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofDays(30);

    private final Duration ttl;
    private final CheckResults results;
    private final CheckThreads threads;
    private @Nullable Future<?> silence;
    private long words;
    private boolean closed;

    private TtlCheck(Duration ttl, CheckResults results, CheckThreads threads) {
        this.ttl = ttl;
        this.results = results;
        this.threads = threads;
    }

    static TtlCheck of(CheckDefinition definition, CheckResults results, CheckThreads threads) {
        return new TtlCheck(ttl(definition), results, threads);
    }

    /** How long it may be silent; throws {@code invalid-check} where that is not said. */
    static Duration ttl(CheckDefinition definition) {
        Duration ttl = definition.ttl();
        if (ttl == null) {
            throw CheckRules.refused(definition, "ttl", null, "a duration such as 15s");
        }
        CheckRules.within(definition, "ttl", ttl, LEAST, MOST);
        return ttl;
    }

    @Override
    public CheckState state() {
        return results.state();
    }

    /** Nothing to begin: it is unknown until the application speaks. */
    @Override
    public void start() {}

    CheckState push(HealthStatus word, @Nullable String output) {
        synchronized (this) {
            if (!closed) {
                if (silence != null) {
                    silence.cancel(false);
                }
                long word1 = ++words;
                silence = threads.timer().schedule(() -> silent(word1), ttl.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        results.told(word, output);
        return results.state();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (silence != null) {
            silence.cancel(false);
        }
    }

    private void silent(long lastWord) {
        synchronized (this) {
            if (closed || lastWord != words) {
                return;
            }
        }
        results.missed("no word for more than " + DurationText.format(ttl));
    }
}
