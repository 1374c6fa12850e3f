package dev.sidecar.server.edge.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes that outlived the one that began their session, such as the workers of a master that was killed: they
 * hold the port that the next master needs.
 *
 * @param session the process id of the one that began it
 * @param program what they all are
 */
record Leftovers(long session, String program) {

    private static final int MAX_NAME = 15;

    /** None while the one that began the session is still there. */
    List<Long> pids() {
        List<Long> found = new ArrayList<>();
        if (session <= 1 || Files.exists(Path.of("/proc", String.valueOf(session), "exe"))) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (belongs(process)) {
                    found.add(Long.valueOf(String.valueOf(process.getFileName())));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    /** The one that began the session, if it is still there. */
    Optional<ProcessHandle> leader() {
        return session > 1 && belongs(Path.of("/proc", String.valueOf(session)))
                ? ProcessHandle.of(session)
                : Optional.empty();
    }

    /** {@code pid (name) state ppid pgrp session …}, proc(5); the name may have anything in it. */
    private boolean belongs(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return name.equals(program.substring(0, Math.min(MAX_NAME, program.length())))
                    && !fields[0].equals("Z")
                    && Long.parseLong(fields[3]) == session;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return false;
        }
    }
}
