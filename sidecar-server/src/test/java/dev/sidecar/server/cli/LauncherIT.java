package dev.sidecar.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a distribution, as somebody unpacks and first uses it. */
class LauncherIT {

    @TempDir
    Path directory;

    private Path launcher;

    @BeforeEach
    void unpack() throws IOException {
        Path root = Files.createDirectories(directory.resolve("a place with spaces"));
        launcher = Files.copy(Path.of("..", "sidecar"), root.resolve("sidecar"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path lib = Files.createDirectory(root.resolve("lib"));
        Files.copy(SidecarProcess.jar(), lib.resolve(SidecarProcess.jar().getFileName()));
    }

    @Test
    void isFirstUsedBySeveralAtOnceInADirectoryWithSpaces() throws Exception {
        Process one = run("one");
        Process two = run("two");

        assertThat(outputOf(one)).isEqualTo("a  b|$HOME");
        assertThat(outputOf(two)).isEqualTo("a  b|$HOME");
        try (Stream<Path> cache = Files.walk(directory.resolve("a place with spaces/cache"))) {
            assertThat(cache.filter(file -> file.endsWith("app.jsa"))).hasSize(1);
        }
        assertThat(outputOf(run("three"))).isEqualTo("a  b|$HOME");
    }

    private Process run(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toString(),
                        "run",
                        "--name",
                        name,
                        "--raw",
                        "--api-port",
                        "0",
                        "--ops-port",
                        "0",
                        "--",
                        "printf",
                        "%s|%s",
                        "a  b",
                        "$HOME")
                .directory(directory.toFile())
                .redirectError(directory.resolve(name + ".err").toFile());
        builder.environment().put("SIDECAR_HOME", directory.resolve("home").toString());
        return builder.start();
    }

    private static String outputOf(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output;
    }
}
