package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessProbeTest {

    @TempDir
    Path home;

    private TestHealth test;

    @BeforeEach
    void start() {
        test = new TestHealth(home);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void passesWhileTheProcessRuns() throws IOException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        define(process.pid());
        assertThat(test.awaitStatus("p", UP).output()).isEqualTo("process " + process.pid() + " runs");

        process.destroyForcibly();

        assertThat(test.awaitStatus("p", DOWN).output()).contains("process " + process.pid());
    }

    @Test
    void aZombieDoesNotRun() throws IOException {
        // The shell becomes a program that does not know the child it has, and so never reaps it.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 0.1 & exec sleep 1000").start();
        try {
            await().until(() -> parent.children().findAny().isPresent());
            long child = parent.children().findAny().orElseThrow().pid();
            define(child);

            assertThat(test.awaitStatus("p", DOWN).output()).contains("waits to be reaped");
        } finally {
            parent.destroyForcibly();
        }
    }

    private void define(long pid) {
        test.define(CheckDefinition.process("p", pid).fall(1).interval(Duration.ofMillis(20)));
    }
}
