package dev.sidecar.client.transport;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between tries, each with a quarter of chance in it so that many clients do not try as one. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration pause = FIRST;

    /** The next pause; for one thread. */
    public Duration next() {
        long millis = pause.toMillis();
        pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 4));
    }

    public void reset() {
        pause = FIRST;
    }
}
