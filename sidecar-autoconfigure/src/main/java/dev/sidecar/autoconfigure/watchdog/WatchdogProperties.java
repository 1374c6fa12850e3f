package dev.sidecar.autoconfigure.watchdog;

import dev.sidecar.autoconfigure.InvalidProperty;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.Ceiling;
import dev.sidecar.watchdog.WatchdogAction;
import dev.sidecar.watchdog.WatchdogOptions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * {@code sidecar.watchdog.*}.
 *
 * @param enabled Whether there is a watchdog.
 * @param heartbeat How long the application may be silent. By default no heartbeat is demanded.
 * @param startPeriod How long after its start the first heartbeat may take, where that is more than the heartbeat.
 * @param liveness Whether a failing check of the group live is a reason to act. In the sidecar only.
 * @param ready Whether the application gets traffic only after READY=1. In the sidecar only.
 * @param memory Ceiling of the resident memory of the application and its descendants.
 * @param fds Ceiling of the open file descriptors of the application and its descendants.
 * @param cpu Ceiling of the CPU the application and its descendants use, in cores.
 * @param heap Ceiling of the share of the heap that is in use after a collection, from 0 to 1. In the library only.
 * @param gc Ceiling of the share of the time that garbage collection takes, from 0 to 1. In the library only.
 * @param deadlocks Whether threads that wait for each other are looked for. In the library only.
 * @param stall How long an Executor bean may leave what it is given. By default they are not watched. In the
 *     library only.
 * @param action What is done when something is wrong, after it was logged with evidence.
 * @param signal Signal the application gets first; ABRT where the action is signal. In the sidecar only.
 * @param evidence Command whose output goes to the log, such as jstack, {pid}.
 * @param notifySocket Path, or name after an @, of the socket for sd_notify. By default a path below the home. In the
 *     sidecar only.
 */
@ConfigurationProperties("sidecar.watchdog")
public record WatchdogProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Duration heartbeat,
        @DefaultValue("0s") Duration startPeriod,
        @DefaultValue("true") boolean liveness,
        @DefaultValue("false") boolean ready,
        @Nullable Memory memory,
        @Nullable Descriptors fds,
        @Nullable Share cpu,
        @Nullable Share heap,
        @Nullable Share gc,
        @DefaultValue("false") boolean deadlocks,
        @Nullable Duration stall,
        @DefaultValue("restart") WatchdogAction action,
        @Nullable Signal signal,
        @DefaultValue List<String> evidence,
        @Nullable String notifySocket) {

    /** Signals an application may get from the watchdog. */
    public enum Signal {
        ABRT,
        QUIT,
        INT,
        TERM,
        HUP,
        USR1,
        USR2,
        KILL
    }

    /**
     * A ceiling in bytes.
     *
     * @param max What may be used.
     * @param lasting How long it must be more before the watchdog acts.
     */
    public record Memory(@Nullable DataSize max, @Name("for") @DefaultValue("30s") Duration lasting) {}

    /**
     * A ceiling in descriptors.
     *
     * @param max What may be used.
     * @param lasting How long it must be more before the watchdog acts.
     */
    public record Descriptors(@Nullable Long max, @Name("for") @DefaultValue("30s") Duration lasting) {}

    /**
     * A ceiling in cores, or of a share.
     *
     * @param max What may be used.
     * @param lasting How long it must be more before the watchdog acts.
     */
    public record Share(@Nullable Double max, @Name("for") @DefaultValue("30s") Duration lasting) {}

    /** The same for the engine. */
    public WatchdogOptions toOptions() {
        Map<Cause, Ceiling> ceilings = new EnumMap<>(Cause.class);
        if (memory != null && memory.max() != null) {
            add(ceilings, Cause.MEMORY, (double) memory.max().toBytes(), memory.lasting());
        }
        if (fds != null && fds.max() != null) {
            add(ceilings, Cause.FDS, (double) fds.max(), fds.lasting());
        }
        add(ceilings, Cause.CPU, cpu);
        add(ceilings, Cause.HEAP, heap);
        add(ceilings, Cause.GC, gc);
        if (heartbeat != null && (heartbeat.isZero() || heartbeat.isNegative())) {
            throw InvalidProperty.of(
                    "sidecar.watchdog.heartbeat", heartbeat.toMillis() + "ms", "a duration such as 10s");
        }
        return new WatchdogOptions(
                enabled, heartbeat, startPeriod, liveness, ready, ceilings, deadlocks, action, evidence);
    }

    private static void add(Map<Cause, Ceiling> ceilings, Cause resource, @Nullable Share share) {
        if (share != null && share.max() != null) {
            add(ceilings, resource, share.max(), share.lasting());
        }
    }

    private static void add(Map<Cause, Ceiling> ceilings, Cause resource, double max, Duration lasting) {
        String property = "sidecar.watchdog." + resource.word();
        if (!(max > 0)) {
            throw InvalidProperty.of(property + ".max", max, "a number above 0");
        }
        if (lasting.isNegative()) {
            throw InvalidProperty.of(property + ".for", lasting.toMillis() + "ms", "a duration such as 30s");
        }
        ceilings.put(resource, new Ceiling(max, lasting));
    }
}
