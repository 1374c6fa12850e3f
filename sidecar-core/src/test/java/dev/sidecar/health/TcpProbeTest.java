package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpProbeTest {

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
    void passesWhenAPortListensAndFailsWhenItDoesNot() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            test.define(CheckDefinition.tcp("db", "127.0.0.1:" + server.getLocalPort())
                    .fall(1)
                    .interval(java.time.Duration.ofMillis(20)));
            assertThat(test.awaitStatus("db", UP).output()).contains("connected");
        }
        assertThat(test.awaitStatus("db", DOWN).output()).contains("refused");
    }
}
