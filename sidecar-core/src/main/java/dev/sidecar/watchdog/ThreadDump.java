package dev.sidecar.watchdog;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stacks of this virtual machine, as far as they fit. */
final class ThreadDump {

    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final int DEEPEST = 32;

    private ThreadDump() {}

    static String take() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        StringBuilder dump = new StringBuilder();
        for (ThreadInfo thread : threads.dumpAllThreads(false, false, DEEPEST)) {
            String words = describe(thread);
            if (dump.length() + words.length() > MOST_CHARACTERS) {
                return dump.append("(more threads are left out)").toString();
            }
            dump.append(words);
        }
        return dump.toString();
    }

    /** The threads that wait for each other; null when there are none. */
    static @Nullable String deadlock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] ids = threads.findDeadlockedThreads();
        if (ids == null) {
            return null;
        }
        return "deadlock: "
                + Arrays.stream(threads.getThreadInfo(ids))
                        .filter(Objects::nonNull)
                        .map(thread -> thread.getThreadName() + " waits for " + thread.getLockOwnerName())
                        .collect(Collectors.joining(", "));
    }

    private static String describe(ThreadInfo thread) {
        StringBuilder words = new StringBuilder()
                .append('"')
                .append(thread.getThreadName())
                .append("\" ")
                .append(thread.getThreadState());
        LockInfo lock = thread.getLockInfo();
        if (lock != null) {
            words.append(" on ").append(lock);
        }
        if (thread.getLockOwnerName() != null) {
            words.append(" held by \"").append(thread.getLockOwnerName()).append('"');
        }
        words.append('\n');
        for (StackTraceElement frame : thread.getStackTrace()) {
            words.append("    at ").append(frame).append('\n');
        }
        return words.toString();
    }
}
