package dev.sidecar.health;

import dev.sidecar.runtime.Commands;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program: exit 0 passes. Whatever it prints is read, and the beginning of it kept. */
record ExecProbe(List<String> command) implements Probe {

    private static final int LONGEST_NAP_MS = 20;

    static ExecProbe of(CheckDefinition definition) {
        List<String> command = definition.command();
        boolean usable = command != null
                && !command.isEmpty()
                && command.stream().noneMatch(part -> part == null || part.indexOf('\0') >= 0)
                && !command.get(0).isBlank();
        if (command == null || !usable) {
            throw CheckRules.refused(
                    definition, "command", command, "a list of a program and its arguments such as [pg_isready, -q]");
        }
        return new ExecProbe(command);
    }

    @Override
    public ProbeResult run() throws IOException, InterruptedException {
        Process process = Commands.start(
                Commands.of(command).redirectInput(new File("/dev/null")).redirectErrorStream(true));
        try (InputStream printed = process.getInputStream()) {
            String output = drain(process, printed);
            int exit = process.exitValue();
            if (exit == 0) {
                return ProbeResult.pass(output);
            }
            return ProbeResult.fail("exit " + exit + (output.isEmpty() ? "" : ": " + output));
        } finally {
            kill(process.toHandle());
        }
    }

    /**
     * Reads until the program has ended. Only what is there is read: a read that blocks could not be interrupted, and
     * would wait for a grandchild that keeps the pipe.
     */
    private static String drain(Process process, InputStream printed) throws IOException, InterruptedException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int nap = 1;
        boolean ended = false;
        while (!ended) {
            ended = !process.isAlive();
            for (int there = printed.available(); there > 0; there = ended ? printed.available() : 0) {
                int count = printed.read(buffer, 0, Math.min(there, buffer.length));
                kept.write(buffer, 0, Math.max(0, Math.min(count, Output.LIMIT + 1 - kept.size())));
                nap = 0;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            if (!ended && nap > 0) {
                process.waitFor(nap, TimeUnit.MILLISECONDS);
            }
            nap = Math.min(LONGEST_NAP_MS, nap * 2 + 1);
        }
        return kept.toString(StandardCharsets.UTF_8).strip();
    }

    /** Parent first, so that it starts no further child; its children must be found while it is still theirs. */
    private static void kill(ProcessHandle process) {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.children().toList();
            process.destroyForcibly();
            children.forEach(ExecProbe::kill);
        }
    }
}
