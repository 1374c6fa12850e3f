package dev.sidecar.server.compare;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.compare.probe.Slice;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An application that runs in one way, with its sidecar where it has one.
 *
 * @param appReadyMillis from the start of the process to its first word
 */
record Contestant(Child app, @Nullable Beside beside, double appReadyMillis) implements AutoCloseable {

    /** Starts the sidecar, where there is one, and then the application. */
    static Contestant start(Bed bed, Way label, int neighbour) throws IOException {
        Way way = bed.really(label);
        Beside beside = way.hasSidecar() ? bed.sidecar() : null;
        try {
            long begin = System.nanoTime();
            Child app = bed.probe(way, neighbour, beside);
            app.readLine();
            return new Contestant(app, beside, (System.nanoTime() - begin) / 1e6);
        } catch (RuntimeException | IOException e) {
            if (beside != null) {
                beside.close();
            }
            throw e;
        }
    }

    Slice paced(String operation, double perSecond, int millis) {
        return slice(String.format(Locale.ROOT, "paced %s %f %d", operation, perSecond, millis));
    }

    Slice backToBack(String operation, int millis) {
        return slice("closed " + operation + " " + millis);
    }

    private Slice slice(String command) {
        return SidecarJson.mapper().readValue(app.ask(command), Slice.class);
    }

    long appCpuNanos() {
        return ProcFiles.cpuNanos(app.pid());
    }

    long sidecarCpuNanos() {
        return beside == null ? 0 : ProcFiles.cpuNanos(beside.child().pid());
    }

    Memory appMemory() {
        return ProcFiles.memory(app.pid());
    }

    @Nullable
    Memory sidecarMemory() {
        return beside == null ? null : ProcFiles.memory(beside.child().pid());
    }

    @Override
    public void close() {
        app.close();
        if (beside != null) {
            beside.close();
        }
    }
}
