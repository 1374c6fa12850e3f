package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KILL of the sidecar leaves nothing behind. {@code -Dsidecar.kills=100} for the long run. */
class SidecarDeathIT {

    private static final int KILLS = Integer.getInteger("sidecar.kills", 10);

    /** A shell with a child, one in a session of its own, one that forked twice, and one that heeds no signal. */
    private static final List<String> APPLICATION = List.of(
            "sh",
            "-c",
            "sleep 3001 & setsid sleep 3002 & setsid -f sh -c 'setsid -f sleep 3003; sleep 3004';"
                    + " (trap '' TERM HUP INT; while :; do sleep 0.1; done) & echo up; wait");

    @TempDir
    Path directory;

    @Test
    void nothingIsLeftTwoSecondsAfterEachKill() throws IOException {
        for (int number = 0; number < KILLS; number++) {
            MarkedProcesses marked = new MarkedProcesses();
            try (SidecarProcess sidecar = SidecarProcess.run(directory, "victim", APPLICATION)
                    .env(MarkedProcesses.VARIABLE, marked.mark())
                    .start()) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> sidecar.stdout().contains("up")
                                && marked.alive().size() >= 8);

                sidecar.kill();

                await("kill " + number)
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofSeconds(2))
                        .untilAsserted(() -> assertThat(marked.alive()).isEmpty());
                try (Stream<Path> left = Files.list(sidecar.home().resolve("run"))) {
                    assertThat(left).as("sockets and tokens").isEmpty();
                }
            }
        }
    }
}
