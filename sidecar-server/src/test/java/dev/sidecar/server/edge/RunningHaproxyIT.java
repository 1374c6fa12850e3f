package dev.sidecar.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Sidecar;
import dev.sidecar.server.testing.ProcessTree;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An HAProxy that somebody else started, with a configuration that has no runtime socket yet. */
class RunningHaproxyIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private Path home;

    @TempDir
    private Path directory;

    private Path config;
    private Process haproxy;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        config = directory.resolve("haproxy.cfg");
        Files.writeString(
                config,
                """
                defaults
                    mode http
                    timeout connect 1s
                    timeout client 1s
                    timeout server 1s
                frontend first
                    bind 127.0.0.1:%d
                """
                        .formatted(Backends.freePort()));
        haproxy = new ProcessBuilder(
                        "haproxy",
                        "-W",
                        "-S",
                        directory.resolve("master.sock").toString(),
                        "-p",
                        directory.resolve("pid").toString(),
                        "-f",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().atMost(SOON)
                .until(() -> Files.exists(directory.resolve("pid"))
                        && haproxy.children().findAny().isPresent());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        ProcessTree.kill(haproxy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"master-socket=master.sock", "pid-file=pid", "reload=kill,-USR2,PID"})
    void isReloadedOnceAndThenToldWithoutReloads(String reach) throws IOException {
        String prefix = "sidecar.edge.lb.";
        int equals = reach.indexOf('=');
        String value = reach.startsWith("reload")
                ? reach.substring(equals + 1).replace("PID", String.valueOf(haproxy.pid()))
                : directory.resolve(reach.substring(equals + 1)).toString();
        server = RunningServer.start(
                home,
                prefix + "driver=haproxy",
                prefix + "services=orders",
                prefix + "destination=" + config,
                prefix + "listen=127.0.0.1:" + Backends.freePort(),
                prefix + "timeout=5s",
                prefix + reach.substring(0, equals) + "=" + value);
        try (Backends orders = new Backends(server.bean(Sidecar.class), "orders")) {
            orders.add("a");
            await().atMost(SOON).until(() -> ways().equals(List.of("reload")));
            orders.add("b");
            await().atMost(SOON).until(() -> ways().equals(List.of("runtime", "reload")));
        }
        assertThat(haproxy.isAlive()).as("it is not ours to end").isTrue();
    }

    private List<String> ways() {
        List<String> ways = new ArrayList<>();
        JsonNode proxy = RunningServer.json(server.send(server.api("/v1/edge/lb")));
        proxy.path("history")
                .forEach(event ->
                        ways.add(event.path("how").asString(event.path("state").asString())));
        return ways;
    }
}
