package dev.sidecar.health;

import java.io.IOException;

/** Finds out once. */
@FunctionalInterface
interface Probe {

    /**
     * Blocks until it knows. It does not watch the time: an interrupt at the deadline ends it, and then nothing of it
     * may be left running. An exception is a failure and its message the output.
     */
    ProbeResult run() throws IOException, InterruptedException;
}
