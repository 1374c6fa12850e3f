package dev.sidecar.environment;

import org.jspecify.annotations.Nullable;

/**
 * What encloses the application.
 *
 * @param runtime such as {@code docker}, {@code containerd}, {@code cri-o}, {@code podman}, {@code lxc}; {@code none}
 *     outside of a container, where the limits are those of the control group
 * @param id as the runtime has it
 * @param name as the runtime has it
 * @param cgroupVersion 1 or 2
 * @param cgroupPath as the kernel has it
 */
public record ContainerFacts(
        String runtime,
        @Nullable String id,
        @Nullable String name,
        @Nullable Integer cgroupVersion,
        @Nullable String cgroupPath,
        Limits limits) {

    /** Outside of a container. */
    public static final String NONE = "none";

    /**
     * What the application may use at most; null for no limit but the host's own.
     *
     * @param cpus cores by the CFS quota
     * @param cpuWeight relative to others, {@code cpu.weight} or {@code cpu.shares}
     * @param cpuset processors it may run on
     * @param tasks processes and threads
     */
    public record Limits(
            @Nullable Double cpus,
            @Nullable Long cpuWeight,
            @Nullable String cpuset,
            @Nullable Long memoryBytes,
            @Nullable Long swapBytes,
            @Nullable Long tasks) {}
}
