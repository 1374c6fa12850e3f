package dev.sidecar.watchdog;

import dev.sidecar.runtime.Commands;
import dev.sidecar.runtime.Threads;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs what prints the stacks of a process, and keeps the beginning of what it prints. */
final class EvidenceCommand {

    static final int MOST_BYTES = 64 * 1024;

    private final List<String> command;
    private final Duration timeout;

    /** {@code {pid}} in a word stands for the process. */
    EvidenceCommand(List<String> command, Duration timeout) {
        this.command = command;
        this.timeout = timeout;
    }

    /** Its output, or why there is none; never throws. */
    String run(long pid) {
        List<String> words = command.stream()
                .map(word -> word.replace("{pid}", Long.toString(pid)))
                .toList();
        try {
            Process process = Commands.start(Commands.of(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))));
            return collect(process, words.get(0));
        } catch (IOException e) {
            return "sidecar.watchdog.evidence: cannot run " + words.get(0) + ": " + e.getMessage();
        }
    }

    private String collect(Process process, String program) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Thread reader = Threads.named("watchdog-evidence", () -> read(process.getInputStream(), kept));
        reader.start();
        String end = "";
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                end = "\n(" + program + " did not end within " + timeout.toMillis() + " ms and was killed)";
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            reader.join(500);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        synchronized (kept) {
            return kept.toString(StandardCharsets.UTF_8).stripTrailing() + end;
        }
    }

    /** To the end, so that it can end; only the beginning is kept. */
    private static void read(InputStream stream, ByteArrayOutputStream kept) {
        byte[] bytes = new byte[8192];
        try (stream) {
            for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
                synchronized (kept) {
                    kept.write(bytes, 0, Math.min(n, MOST_BYTES - kept.size()));
                }
            }
        } catch (IOException e) {
            // It was killed; what came is what there is.
        }
    }
}
