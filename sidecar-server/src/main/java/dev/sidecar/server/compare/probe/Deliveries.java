package dev.sidecar.server.compare.probe;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarOptions;
import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.discovery.Registration;
import dev.sidecar.logging.LoggingOptions;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The port to the features, by the delivery that is measured. Both have the same features on and the same log file. */
final class Deliveries {

    static final String NEIGHBOUR = "neighbour";

    private static final int FILE_BYTES = 64 << 20;

    private Deliveries() {}

    /** Null for the application alone. The neighbour is registered. */
    static @Nullable Sidecar open(Setting setting) {
        if (setting.way().equals("none")) {
            return null;
        }
        String endpoint = setting.endpoint();
        Sidecar sidecar = endpoint == null ? library(setting) : remote(endpoint, setting);
        if (setting.neighbour() > 0) {
            sidecar.discovery()
                    .register(new Registration(
                            NEIGHBOUR,
                            NEIGHBOUR + "-1",
                            "127.0.0.1",
                            setting.neighbour(),
                            false,
                            Map.of(),
                            Duration.ofHours(12),
                            true));
        }
        return sidecar;
    }

    /** The time-outs are those of the Spring starter. */
    private static Sidecar remote(String endpoint, Setting setting) {
        return RemoteSidecar.connect(new RemoteOptions(
                Endpoint.parse(endpoint),
                setting.token(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                new SimpleMeterRegistry()));
    }

    private static Sidecar library(Setting setting) {
        LoggingOptions defaults = LoggingOptions.defaults();
        LoggingOptions logging = new LoggingOptions(
                new LoggingOptions.Console(false, LoggingOptions.ConsoleFormat.ECS),
                new LoggingOptions.RollingFile(setting.directory().resolve("app.log"), FILE_BYTES, 2),
                defaults.redact(),
                defaults.queue(),
                defaults.rateLimit(),
                defaults.recent());
        SidecarOptions all = SidecarOptions.defaults();
        return LocalSidecar.start(
                new LocalContext(
                        new Identity("probe", "probe-" + ProcessHandle.current().pid(), "localhost"),
                        new SidecarHome(setting.directory().resolve("home")),
                        new SimpleMeterRegistry()),
                new SidecarOptions(
                        logging,
                        all.discovery(),
                        all.health(),
                        all.watchdog(),
                        all.config(),
                        all.resilience(),
                        all.environment(),
                        all.monitor()));
    }
}
