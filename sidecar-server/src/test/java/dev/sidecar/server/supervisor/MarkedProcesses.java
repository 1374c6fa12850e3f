package dev.sidecar.server.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds everything that descends from a process by a variable in its environment, however far it went. */
final class MarkedProcesses {

    static final String VARIABLE = "SIDECAR_TEST_MARK";

    private final String mark = UUID.randomUUID().toString();

    String mark() {
        return mark;
    }

    /** Process ids; zombies have no environment and are not among them. */
    List<String> alive() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(this::isMarked)
                    .map(MarkedProcesses::describe)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMarked(Path process) {
        return read(process.resolve("environ")).contains(mark);
    }

    private static String describe(Path process) {
        return process.getFileName() + " " + read(process.resolve("cmdline")).replace('\0', ' ');
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
