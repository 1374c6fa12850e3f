package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same jar on JDK 25, where a machine has one beside the JDK of the build. */
class NewerJdkIT {

    @TempDir
    Path directory;

    @Test
    void runsThePairOnJdk25() throws IOException {
        Optional<Path> jdk = jdk25();
        assumeThat(jdk).as("a JDK 25 in /usr/lib/jvm").isPresent();
        String script = "curl -sf --unix-socket \"$SIDECAR_SOCKET\" http://localhost/v1/health"
                + " && tr '\\0' ' ' < /proc/$PPID/cmdline && exit 7";

        try (SidecarProcess sidecar = SidecarProcess.run(directory, "newer", List.of("sh", "-c", script))
                .args("--raw")
                .env("JAVA_HOME", jdk.orElseThrow().toString())
                .launch()) {
            assertThat(sidecar.awaitExit(Duration.ofSeconds(60))).isEqualTo(7);
            assertThat(sidecar.stdout())
                    .contains("\"status\":\"UP\"")
                    .contains(jdk.orElseThrow().toString());
        }
    }

    private static Optional<Path> jdk25() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> jdks = Files.list(all)) {
            return jdks.filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .filter(NewerJdkIT::is25)
                    .findFirst();
        }
    }

    private static boolean is25(Path jdk) {
        try {
            return Files.readString(jdk.resolve("release")).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            return false;
        }
    }
}
