package dev.sidecar.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The clock leases are kept in. It runs alike in all processes of a host and does not follow the wall clock, so that
 * setting the time ends no lease.
 */
interface LeaseClock {

    /** Leases of another boot cannot be compared with this clock. */
    String boot();

    /** Milliseconds since some moment of this boot. */
    long millis();

    /** The wall clock, to show to people. */
    Instant wall();

    /** The kernel's monotonic clock, or the wall clock where there is no boot id to tell two boots apart. */
    static LeaseClock ofHost() {
        String boot = bootId();
        boolean monotonic = !boot.isEmpty();
        return new LeaseClock() {
            @Override
            public String boot() {
                return boot;
            }

            @Override
            public long millis() {
                // CLOCK_MONOTONIC on Linux: one origin for all processes of a boot.
                return monotonic ? System.nanoTime() / 1_000_000 : System.currentTimeMillis();
            }

            @Override
            public Instant wall() {
                return Instant.ofEpochMilli(System.currentTimeMillis());
            }
        };
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
