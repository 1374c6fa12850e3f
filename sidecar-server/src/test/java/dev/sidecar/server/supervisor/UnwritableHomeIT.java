package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.RawHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home on a disk that is full, then read-only: the pair runs all the same, says so, and is whole again by itself. */
class UnwritableHomeIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String RECORD = "{\"body\":\"kept\"}";

    @TempDir
    Path directory;

    private Path home;
    private SidecarProcess sidecar;

    @BeforeEach
    void mountASmallDisk() throws Exception {
        home = Files.createDirectory(directory.resolve("home"));
        assumeThat(mount("-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", home.toString()))
                .as("mounting is permitted here")
                .isZero();
    }

    @AfterEach
    void end() throws Exception {
        if (sidecar != null) {
            sidecar.close();
        }
        run("umount", "-l", home.toString());
    }

    @Test
    void startsAndRecoversByItselfWhateverTheDiskIsLike() throws Exception {
        Path ballast = home.resolve("ballast");
        run("dd", "if=/dev/zero", "of=" + ballast, "bs=1k");

        sidecar = start();
        assertThat(write().expectProblem(503, "log-sink-unavailable").header("Retry-After"))
                .isNotNull();
        putConfig("\"a\"").expectProblem(503, "config-store-full");
        assertThat(health()).contains("DEGRADED");

        Files.delete(ballast);
        await().atMost(SOON).until(() -> write().status() == 200);
        await().atMost(SOON).until(() -> putConfig("\"b\"").status() / 100 == 2);
        await().atMost(SOON).until(() -> Files.exists(home.resolve("run/pair.token")));
        await().atMost(SOON).until(() -> health().contains("\"UP\""));
        long kept = spooled();

        sidecar.kill();
        await().atMost(SOON).until(() -> mount("-o", "remount,ro", home.toString()) == 0);
        sidecar = start();
        write().expectProblem(503, "log-sink-unavailable");
        putConfig("\"c\"").expectProblem(503, "config-store-read-only");
        assertThat(api().get("/v1/config/shop.name").expect(200).body()).contains("\"b\"");

        mount("-o", "remount,rw", home.toString());
        await().atMost(SOON).until(() -> write().status() == 200);
        await().atMost(SOON).until(() -> putConfig("\"c\"").status() == 200);
        await().atMost(SOON).until(() -> spooled() > kept);
    }

    /** The collector is nobody, so that the spool keeps what it has. */
    private SidecarProcess start() {
        return SidecarProcess.run(directory, "pair", List.of("sleep", "600"))
                .home(home)
                .set("sidecar.logging.otlp.endpoint", "http://127.0.0.1:9")
                .set("sidecar.logging.console.enabled", "false")
                .start();
    }

    private RawHttp api() {
        return RawHttp.tcp(sidecar.api(), sidecar.token());
    }

    private Answer write() {
        return api().post("/v1/logs", "application/x-ndjson", RECORD);
    }

    private Answer putConfig(String value) {
        return api().put("/v1/config/shop.name", value);
    }

    private String health() {
        return RawHttp.tcp(sidecar.ops(), sidecar.token())
                .get("/actuator/health")
                .body();
    }

    private long spooled() {
        return api().get("/v1").expect(200).json().path("spool").path("records").asLong();
    }

    private static int mount(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
