package dev.sidecar.server.supervisor;

import dev.sidecar.linux.LinuxFiles;
import dev.sidecar.linux.ProcessFamily;
import dev.sidecar.server.watchdog.AppFamily;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.ProcessFiles;
import dev.sidecar.watchdog.Rates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The application's processes, the same ones the monitor counts, with what the watchdog asks of them. Thread-safe. */
final class ProcessTree implements AppFamily {

    private static final int DEEPEST = 64;

    private final long root;
    private final String mark;
    private final ProcessFamily family = new ProcessFamily(
            LinuxFiles.ofThisMachine(), ProcessHandle.current().pid());
    private final Rates rates = new Rates(System::nanoTime);

    /**
     * Of one application.
     *
     * @param mark what is in the environment of all of them
     */
    ProcessTree(long root, String mark) {
        this.root = root;
        this.mark = mark;
    }

    @Override
    public boolean contains(long pid) {
        long each = pid;
        for (int i = 0; i < DEEPEST && each > 1; i++) {
            if (each == root) {
                return true;
            }
            each = new ProcessFiles(each).parent().orElse(0);
        }
        return isMarked(pid);
    }

    /** A daemon has no parent in the tree any more. */
    private boolean isMarked(long pid) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            return !mark.isEmpty() && new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false;
        }
    }

    Map<Cause, Double> usage() {
        List<ProcessFiles> members = members();
        Map<Cause, Double> usage = new EnumMap<>(Cause.class);
        sum(members, ProcessFiles::residentBytes).ifPresent(bytes -> usage.put(Cause.MEMORY, (double) bytes));
        sum(members, ProcessFiles::descriptors).ifPresent(count -> usage.put(Cause.FDS, (double) count));
        sum(members, ProcessFiles::cpuNanos)
                .ifPresent(spent -> rates.of(Cause.CPU, spent).ifPresent(cores -> usage.put(Cause.CPU, cores)));
        return usage;
    }

    /** One line for each process. */
    String describe() {
        return members().stream().map(ProcessFiles::line).collect(Collectors.joining("\n"));
    }

    private synchronized List<ProcessFiles> members() {
        return family.members(root).stream()
                .map(stat -> new ProcessFiles(stat.pid()))
                .toList();
    }

    private static OptionalLong sum(List<ProcessFiles> members, Function<ProcessFiles, OptionalLong> part) {
        long[] read =
                members.stream().map(part).flatMapToLong(OptionalLong::stream).toArray();
        return read.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Arrays.stream(read).sum());
    }
}
