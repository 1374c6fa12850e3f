package dev.sidecar.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Pressure stall information: the share of time in which work waited for a resource
 * (https://docs.kernel.org/accounting/psi.html).
 */
public record PressureSample(@Nullable Resource cpu, @Nullable Resource memory, @Nullable Resource io) {

    /**
     * One resource.
     *
     * @param some at least one task waited
     * @param full all tasks waited at once
     */
    public record Resource(@Nullable Stall some, @Nullable Stall full) {}

    /** Averages of the last 10, 60 and 300 seconds in percent, and the total since the beginning. */
    public record Stall(double avg10, double avg60, double avg300, double totalSeconds) {}

    boolean isEmpty() {
        return cpu == null && memory == null && io == null;
    }
}
