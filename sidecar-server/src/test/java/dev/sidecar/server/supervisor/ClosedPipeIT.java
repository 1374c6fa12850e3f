package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where our output goes is where the application believes its own goes. */
@Timeout(60)
class ClosedPipeIT {

    private static final String SIDECAR =
            Path.of("..", "sidecar").toAbsolutePath().normalize() + " run --name app --api-port 0 --ops-port 0 ";

    @TempDir
    Path directory;

    private String shell(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SIDECAR_HOME", directory.resolve("home").toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).as(script).isTrue();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void endsTheApplicationAsItWouldAlone() throws IOException, InterruptedException {
        assertThat(shell(SIDECAR + "--raw -- yes | head -n 1; echo ${PIPESTATUS[0]}"))
                .isEqualTo("y\n141\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-- yes | head -n 1", "-- sh -c 'exec yes >&2' 2>&1 | head -n 1"})
    void sameWhereTheLogIsPrintedToIt(String rest) throws IOException, InterruptedException {
        assertThat(shell(SIDECAR + rest + " >/dev/null; echo ${PIPESTATUS[0]}")).isEqualTo("141\n");
    }

    @Test
    void aFullDiskDoesNotEndTheApplication() throws IOException, InterruptedException {
        assertThat(shell(SIDECAR + "-- sh -c 'for i in 1 2 3 4 5; do echo $i; sleep 0.1; done; exit 7' >/dev/full;"
                        + " echo $?"))
                .isEqualTo("7\n");
    }
}
