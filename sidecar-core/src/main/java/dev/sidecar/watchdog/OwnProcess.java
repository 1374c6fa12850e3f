package dev.sidecar.watchdog;

import dev.sidecar.runtime.Threads;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * This process, watched from inside. It can end itself, and cannot start itself again: that is for whoever reads its
 * health.
 */
final class OwnProcess implements Watched {

    /** The application could not be kept running (EX_UNAVAILABLE), as the sidecar has it. */
    private static final int EXIT_CODE = 69;

    /** What shutdown hooks get in a process that is stuck already. */
    private static final long PATIENCE_SECONDS = 10;

    private final Rates rates = new Rates(System::nanoTime);

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public boolean isSupervised() {
        return false;
    }

    @Override
    public Map<Cause, Double> usage() {
        Map<Cause, Double> usage = new EnumMap<>(Cause.class);
        ProcessFiles self = new ProcessFiles(pid());
        self.residentBytes().ifPresent(bytes -> usage.put(Cause.MEMORY, (double) bytes));
        self.descriptors().ifPresent(count -> usage.put(Cause.FDS, (double) count));
        self.cpuNanos().ifPresent(spent -> rates.of(Cause.CPU, spent).ifPresent(cores -> usage.put(Cause.CPU, cores)));
        rates.of(Cause.GC, collectionNanos()).ifPresent(share -> usage.put(Cause.GC, share));
        usage.put(Cause.HEAP, heapShare());
        return usage;
    }

    @Override
    public String evidence() {
        return ThreadDump.take();
    }

    @Override
    public boolean act(WatchdogAction action, Cause cause, String detail) {
        if (action != WatchdogAction.EXIT) {
            return false;
        }
        Threads.named("watchdog-exit", () -> System.exit(EXIT_CODE)).start();
        Threads.named("watchdog-halt", OwnProcess::haltLater).start();
        return true;
    }

    private static void haltLater() {
        try {
            TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private static long collectionNanos() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .map(TimeUnit.MILLISECONDS::toNanos)
                .sum();
    }

    /** What was left after the last collection of each pool; before it, garbage says nothing. */
    private static double heapShare() {
        long left = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage after = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            left += after == null ? 0 : after.getUsed();
        }
        return (double) left / Runtime.getRuntime().maxMemory();
    }
}
