package dev.sidecar.server.testing;

import java.util.List;

/** A process and those it started. */
public final class ProcessTree {

    private ProcessTree() {}

    /** KILL for all of them, a master first: it would start another worker for each that ends. Returns the others. */
    public static List<ProcessHandle> kill(Process process) {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        return workers;
    }
}
