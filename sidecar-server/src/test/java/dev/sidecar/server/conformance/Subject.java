package dev.sidecar.server.conformance;

import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.Setup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real process, set up as the suite asks, that all remote deliveries of a run share; it ends with the run. */
final class Subject implements BeforeAllCallback {

    private @Nullable SidecarProcess process;

    @Override
    public void beforeAll(ExtensionContext context) {
        process = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Subject.class, key -> start(), SidecarProcess.class);
    }

    private static SidecarProcess start() {
        try {
            Path directory = Files.createTempDirectory("sidecar-tck");
            SidecarProcess.Builder builder = SidecarProcess.attach(directory, Setup.NAME)
                    .args("--pid", String.valueOf(ProcessHandle.current().pid()));
            Setup.properties(directory.resolve("home")).forEach(builder::set);
            Files.createDirectories(directory.resolve("home"));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SidecarProcess process() {
        if (process == null) {
            throw new IllegalStateException("asked before all tests");
        }
        return process;
    }

    SidecarHome home() {
        return new SidecarHome(process().home());
    }

    RemoteSidecar overTcp() {
        return connect(Endpoint.parse(process().api().toString()), process().token());
    }

    RemoteSidecar overUnixSocket() {
        return connect(new Endpoint.Unix(process().socket()), null);
    }

    private static RemoteSidecar connect(Endpoint endpoint, @Nullable String token) {
        return RemoteSidecar.connect(new RemoteOptions(
                endpoint, token, Duration.ofSeconds(2), Duration.ofSeconds(10), new SimpleMeterRegistry()));
    }
}
