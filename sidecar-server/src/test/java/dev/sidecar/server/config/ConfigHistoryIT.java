package dev.sidecar.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sidecars of one host, written to and watched by a program in another language. */
class ConfigHistoryIT {

    private static final int CHANGES = Integer.getInteger("sidecar.test.config.changes", 1_000);

    @TempDir
    Path directory;

    @Test
    void everyWatcherThatReconnectsAtRandomEndsWithTheSameHistory() throws Exception {
        Path home = directory.resolve("home");
        Path script = directory.resolve("history.py");
        try (InputStream source = ConfigHistoryIT.class.getResourceAsStream("history.py")) {
            Files.copy(source, script);
        }
        try (SidecarProcess orders = sidecar(home, "orders");
                SidecarProcess inventory = sidecar(home, "inventory")) {
            Path report = directory.resolve("report");
            Process clients = new ProcessBuilder(
                            "python3",
                            script.toString(),
                            "shared",
                            "" + CHANGES,
                            orders.api().toString(),
                            inventory.api().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(report.toFile())
                    .start();
            try {
                assertThat(clients.waitFor(5, TimeUnit.MINUTES)).isTrue();
            } finally {
                clients.destroyForcibly();
            }
            System.out.print(Files.readString(report));
            assertThat(clients.exitValue()).as(Files.readString(report)).isZero();
        }
    }

    private SidecarProcess sidecar(Path home, String name) {
        return SidecarProcess.run(directory, name, List.of("sleep", "600"))
                .home(home)
                .set("sidecar.api.token", "shared")
                .start();
    }
}
