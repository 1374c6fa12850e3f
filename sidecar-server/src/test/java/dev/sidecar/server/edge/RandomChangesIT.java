package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.SidecarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code benchmarks/edge/run}, short: random changes under steady load, one of each that goes wrong, and a storm. {@code
 * -Dsidecar.test.edge.changes} says how many changes.
 */
class RandomChangesIT {

    private static final int CHANGES = Integer.getInteger("sidecar.test.edge.changes", 10);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void noRequestFailsAndEachFailureIsToldAndUndone(String proxy) throws Exception {
        Path report = directory.resolve("report");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "python3",
                        Path.of("../benchmarks/edge/edge.py").toAbsolutePath().toString(),
                        proxy,
                        String.valueOf(CHANGES),
                        "7",
                        "200"))
                .redirectErrorStream(true)
                .redirectOutput(report.toFile());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        builder.environment().put("SIDECAR", java + " -Xmx128m -XX:TieredStopAtLevel=1 -jar " + SidecarProcess.jar());
        // The machine that tests has other things to do; the benchmark keeps the strict limit.
        builder.environment().put("LATENCY_MS", "3000");

        Process process = builder.start();
        boolean ended = process.waitFor(4, TimeUnit.MINUTES);
        if (!ended) {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }

        assertThat(ended).as(Files.readString(report)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(report)).isZero();
    }
}
