package dev.sidecar.watchdog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What proc(5) says of one process; empty where there is no such process, or it may not be looked at. */
public final class ProcessFiles {

    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    /** USER_HZ, which is the same for every Linux that shows it to programs. */
    private static final long TICK_NANOS = 10_000_000;

    private final Path directory;

    public ProcessFiles(long pid) {
        this.directory = Path.of("/proc", Long.toString(pid));
    }

    /** Memory it has resident, shared pages counted in full. */
    public OptionalLong residentBytes() {
        Matcher resident = RESIDENT.matcher(read("status"));
        return resident.find() ? OptionalLong.of(Long.parseLong(resident.group(1)) * 1024) : OptionalLong.empty();
    }

    /** Descriptors it has open. */
    public OptionalLong descriptors() {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(directory.resolve("fd"))) {
            long count = 0;
            for (Path ignored : open) {
                count++;
            }
            return OptionalLong.of(count);
        } catch (IOException | DirectoryIteratorException e) {
            return OptionalLong.empty();
        }
    }

    /** CPU time it has used, its ended children's not counted. */
    public OptionalLong cpuNanos() {
        String[] fields = stat();
        return fields.length < 13
                ? OptionalLong.empty()
                : OptionalLong.of((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS);
    }

    /** The process that started it. */
    public OptionalLong parent() {
        String[] fields = stat();
        return fields.length < 2 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[1]));
    }

    /** One line: name, state, threads, memory, and where in the kernel it waits. */
    public String line() {
        String[] fields = stat();
        if (fields.length < 18) {
            return directory.getFileName() + " has ended";
        }
        return directory.getFileName() + " " + read("comm").trim() + ": state " + fields[0] + ", " + fields[17]
                + " threads, " + residentBytes().orElse(0) / 1024 + " kB resident, "
                + descriptors().orElse(0) + " descriptors, CPU "
                + cpuNanos().orElse(0) / 1_000_000 + " ms, waits in " + waits();
    }

    private String waits() {
        String where = read("wchan").trim();
        return where.isEmpty() || where.equals("0") ? "nothing" : where;
    }

    /** The fields after the name, which may itself have spaces and brackets. */
    private String[] stat() {
        String stat = read("stat");
        int end = stat.lastIndexOf(')');
        return end < 0 ? new String[0] : stat.substring(end + 2).split(" ");
    }

    private String read(String file) {
        try {
            return new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
