package dev.sidecar.server.compare;

import dev.sidecar.server.compare.Measured.Moment;
import java.util.stream.Stream;

/**
 * The processes of the user's application: all that was started, but for the sidecar that started them.
 *
 * @param hasSidecar whether the first one is a sidecar
 */
record UserProcesses(Process first, boolean hasSidecar) {

    private Stream<Long> app() {
        Stream<Long> started = first.descendants().map(ProcessHandle::pid);
        return hasSidecar ? started : Stream.concat(Stream.of(first.pid()), started);
    }

    Moment memory() {
        Memory app = app().map(ProcFiles::memory).reduce(Memory.NONE, Memory::plus);
        return new Moment(app, hasSidecar ? ProcFiles.memory(first.pid()) : null);
    }

    long appCpuNanos() {
        return app().mapToLong(ProcFiles::cpuNanos).sum();
    }

    long sidecarCpuNanos() {
        return hasSidecar ? ProcFiles.cpuNanos(first.pid()) : 0;
    }
}
