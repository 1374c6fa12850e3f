package dev.sidecar.server.edge.file;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes what a sidecar that was killed had staged; what belongs to a process that runs is left alone. */
public final class StagingSweep {

    private StagingSweep() {}

    /** Errors are no reason not to go on: what stays is in nobody's way. */
    public static void sweep(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, AtomicFiles.STAGING_PREFIX + "*")) {
            for (Path file : files) {
                if (!ownerRuns(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    private static boolean ownerRuns(String file) {
        String[] parts = file.substring(AtomicFiles.STAGING_PREFIX.length()).split("-");
        try {
            long pid = Long.parseLong(parts[0]);
            return pid != ProcessHandle.current().pid()
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
