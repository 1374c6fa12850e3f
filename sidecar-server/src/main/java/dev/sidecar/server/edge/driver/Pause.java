package dev.sidecar.server.edge.driver;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that only looking can tell. */
public final class Pause {

    private static final long LOOK_MILLIS = 5;
    private static final long MAX_LOOK_MILLIS = 50;

    private Pause() {}

    /** Looks more and more seldom; false when it was not so in time. */
    public static boolean until(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = LOOK_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause = Math.min(MAX_LOOK_MILLIS, pause + LOOK_MILLIS);
        }
        return true;
    }
}
