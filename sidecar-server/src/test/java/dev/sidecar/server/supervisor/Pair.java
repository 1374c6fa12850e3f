package dev.sidecar.server.supervisor;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.SidecarOptions;
import dev.sidecar.discovery.Registrar;
import dev.sidecar.runtime.AppRoot;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.lifecycle.PairLifecycle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The supervisor and its guardian in this process, on real processes, without the API. */
final class Pair implements AutoCloseable {

    private final LocalSidecar sidecar;
    private final Registrar registrar;
    private final String run = UUID.randomUUID().toString();
    private final Guardian guardian;
    final PairLifecycle lifecycle = new PairLifecycle(new SimpleMeterRegistry(), () -> {});
    private final StringBuffer out = new StringBuffer();
    private final StringBuffer err = new StringBuffer();
    private @Nullable Supervisor supervisor;

    Pair(Path home) {
        sidecar = LocalSidecar.start(
                new LocalContext(
                        new Identity("pair", "pair-1", "localhost"), new SidecarHome(home), new SimpleMeterRegistry()),
                SidecarOptions.defaults());
        registrar = new Registrar(sidecar.discovery(), sidecar.health());
        try {
            guardian = Guardian.start(run, List.of(), AppRoot.unknown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SupervisorProperties properties(RestartPolicy restart, Duration grace, int budget) {
        return new SupervisorProperties(
                restart,
                grace,
                false,
                new SupervisorProperties.Restarts(
                        Duration.ofMillis(1), Duration.ofMillis(5), budget, Duration.ofMinutes(1)));
    }

    /** Runs to the end and returns the exit code. */
    int run(String... words) {
        return run(properties(RestartPolicy.NEVER, Duration.ofSeconds(5), 0), () -> {}, words);
    }

    int run(SupervisorProperties properties, Runnable started, String... words) {
        supervisor = new Supervisor(
                properties,
                Duration.ZERO,
                lifecycle,
                guardian,
                new AppRegistration(registrar, sidecar.health(), Optional.empty(), List.of()),
                new AppWatch(sidecar.watchdog(), Optional.empty(), run));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Inheritance.RUN, run);
        return supervisor.run(new AppCommand(List.of(words)), () -> environment, new Collected(), started);
    }

    void signal(AppSignal signal) {
        if (supervisor == null) {
            throw new IllegalStateException("nothing runs");
        }
        supervisor.signalled(signal);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    int familySize() {
        return guardian.familySize();
    }

    @Override
    public void close() {
        guardian.close();
        registrar.close();
        sidecar.close();
    }

    private final class Collected implements AppOutput {
        @Override
        public void stdout(InputStream stream) {
            collect(stream, out);
        }

        @Override
        public void stderr(InputStream stream) {
            collect(stream, err);
        }

        @Override
        public void ending() {}

        private void collect(InputStream stream, StringBuffer target) {
            byte[] bytes = new byte[8192];
            try {
                for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
                    target.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
