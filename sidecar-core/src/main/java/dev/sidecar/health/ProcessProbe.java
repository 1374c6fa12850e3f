package dev.sidecar.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Passes while a process is alive and not a zombie. */
record ProcessProbe(long pid) implements Probe {

    static ProcessProbe of(CheckDefinition definition) {
        Long pid = definition.pid();
        if (pid == null || pid < 1) {
            throw CheckRules.refused(definition, "pid", pid, "the number of a process, 1 or more");
        }
        return new ProcessProbe(pid);
    }

    @Override
    public ProbeResult run() throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive()) {
            return ProbeResult.fail("process " + pid + " does not run");
        }
        char state = state();
        return state == 'Z' || state == 'X'
                ? ProbeResult.fail("process " + pid + " has ended and waits to be reaped")
                : ProbeResult.pass("process " + pid + " runs");
    }

    /** The state letter of proc(5), which follows the name in parentheses; a blank where there is no /proc. */
    private char state() throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            int name = stat.lastIndexOf(')');
            return name + 2 < stat.length() ? stat.charAt(name + 2) : ' ';
        } catch (NoSuchFileException e) {
            return Files.isDirectory(Path.of("/proc/self")) ? 'X' : ' ';
        }
    }
}
