package dev.sidecar.server.compare;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.compare.probe.Setting;
import dev.sidecar.server.compare.probe.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A client that is not Java, in a process of its own: it obeys the same commands as Java's probe.
 *
 * @param name of the language and its version
 */
record ForeignClient(Child child, Beside sidecar, Way way, String name) implements AutoCloseable {

    /** What it answers; the times are in microseconds, one for each call. */
    private record Answer(long nanos, long errors, @Nullable String error, List<Double> micros) {}

    /**
     * Starts it.
     *
     * @param script its program, a resource beside this class
     */
    static ForeignClient start(Bed bed, String program, String script, Way way, Beside sidecar) throws IOException {
        Path directory = bed.fresh();
        Path file = directory.resolve(script);
        try (InputStream in = ForeignClient.class.getResourceAsStream(script)) {
            Files.copy(Objects.requireNonNull(in), file);
        }
        Child child = bed.start(
                List.of(
                        program,
                        file.toString(),
                        way.id(),
                        sidecar.socket().toString(),
                        sidecar.url(),
                        Integer.toString(sidecar.ambassador())),
                Map.of(Setting.TOKEN, sidecar.token()),
                directory.resolve("stderr"));
        String ready = child.ask(SidecarJson.mapper()
                .writeValueAsString(MeasuredOperation.overHttp().stream()
                        .map(MeasuredOperation::asked)
                        .toList()));
        return new ForeignClient(child, sidecar, way, ready.replaceFirst("^ready ", ""));
    }

    Slice paced(MeasuredOperation operation, int millis) {
        return slice(String.format(Locale.ROOT, "paced %s %f %d", operation.id(), operation.perSecond(), millis));
    }

    Slice backToBack(MeasuredOperation operation, int millis) {
        return slice("closed " + operation.id() + " " + millis);
    }

    private Slice slice(String command) {
        Answer answer = SidecarJson.mapper().readValue(child.ask(command), Answer.class);
        return Slice.of(answer.micros(), answer.nanos(), answer.errors(), answer.error());
    }

    long cpuNanos() {
        return ProcFiles.cpuNanos(child.pid());
    }

    long sidecarCpuNanos() {
        return ProcFiles.cpuNanos(sidecar.child().pid());
    }

    @Override
    public void close() {
        child.close();
    }
}
