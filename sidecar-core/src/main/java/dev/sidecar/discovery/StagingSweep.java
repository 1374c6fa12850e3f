package dev.sidecar.discovery;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes what a process that was killed in a write left behind. */
final class StagingSweep {

    /** A write takes milliseconds. */
    private static final Duration WRITING = Duration.ofSeconds(1);

    /** Too old whoever wrote it: the process may be in a namespace that is not seen from here. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private static final Pattern NAME = Pattern.compile(Pattern.quote(AtomicFiles.STAGING_PREFIX) + "(\\d{1,18})-.*");

    private StagingSweep() {}

    static boolean isStaging(String fileName) {
        return fileName.startsWith(AtomicFiles.STAGING_PREFIX);
    }

    static void sweep(Path file) throws IOException {
        Duration age;
        try {
            age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
        } catch (IOException e) {
            return;
        }
        if (age.compareTo(OLD) > 0 || (age.compareTo(WRITING) > 0 && writerIsGone(file))) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean writerIsGone(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }
}
