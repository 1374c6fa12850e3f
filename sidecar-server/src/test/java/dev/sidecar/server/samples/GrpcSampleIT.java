package dev.sidecar.server.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample grpc-echo as its README starts it, on free ports: gRPC for Node on both ends. */
class GrpcSampleIT {

    private static final Path SAMPLE = Path.of("").toAbsolutePath().getParent().resolve("samples/grpc-echo");
    private static final String ALL_FOUR =
            """
            say: one two three
            split: one | two | three
            join: one two three
            chat: one two three
            nothing: INVALID_ARGUMENT: nothing was said (text)
            """;

    @TempDir
    Path directory;

    @Test
    void allFourKindsOfCallsPassTheAmbassadorAndTheOffloadProxy() throws Exception {
        Path sample = installed();
        int app = freePort();
        int ambassador = freePort();
        int offload = freePort();
        try (SidecarProcess sidecar = SidecarProcess.run(
                        directory,
                        "echo",
                        List.of("node", sample.resolve("server.js").toString()))
                .args("--config", sample.resolve("sidecar.yml").toString(), "--app-port", String.valueOf(app))
                .set("sidecar.ambassador.port", String.valueOf(ambassador))
                .set("sidecar.offload.port", String.valueOf(offload))
                .start()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(client(sample, ambassador)).isEqualTo(ALL_FOUR));
            assertThat(client(sample, offload)).isEqualTo(ALL_FOUR);
            assertThat(client(sample, app)).as("directly").isEqualTo(ALL_FOUR);

            sidecar.terminate();
            assertThat(sidecar.awaitExit(Duration.ofSeconds(20))).isZero();
        }
    }

    private static String client(Path sample, int port) throws Exception {
        Process client = new ProcessBuilder("node", sample.resolve("client.js").toString(), "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        String said = new String(client.getInputStream().readAllBytes());
        assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** The sample with gRPC for Node in the versions of its package file. */
    private Path installed() throws Exception {
        Path sample = Files.createDirectory(directory.resolve("grpc-echo"));
        for (String file : List.of("package.json", "echo.proto", "echo.js", "server.js", "client.js", "sidecar.yml")) {
            Files.copy(SAMPLE.resolve(file), sample.resolve(file));
        }
        Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(sample.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("npm.log").toFile())
                .start();
        boolean ended = npm.waitFor(2, TimeUnit.MINUTES);
        npm.destroyForcibly();
        assumeThat(ended && npm.exitValue() == 0)
                .as("npm can install gRPC here")
                .isTrue();
        return sample;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
