package dev.sidecar.discovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A process that renews its instances all the time, so that a kill may meet a write. */
final class RegistryWriter {

    private static final Duration TTL = Duration.ofMinutes(5);

    /** Enough for eight of them on two processors. */
    private static final long PAUSE_NANOS = 4_000_000;

    private RegistryWriter() {}

    static String instance(int process, int number) {
        return "p" + process + "-" + (10 + number);
    }

    public static void main(String[] args) {
        int process = Integer.parseInt(args[1]);
        int instances = Integer.parseInt(args[2]);
        // Not closed: it ends by a kill, or after five minutes if nobody does.
        LocalDiscovery discovery = Registry.open(Path.of(args[0]));
        long end = System.nanoTime() + TTL.toNanos();
        while (System.nanoTime() < end) {
            for (int i = 0; i < instances; i++) {
                discovery.register(
                        new Registration("orders", instance(process, i), "127.0.0.1", 80, false, Map.of(), TTL, true));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
