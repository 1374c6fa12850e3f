package dev.sidecar.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that ask a running sidecar or look at its configuration, as processes. */
class VerbsIT {

    private static final Duration END = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private SidecarProcess greeter(Path home, String script) {
        SidecarProcess sidecar = SidecarProcess.run(directory, "app", List.of("sh", "-c", script))
                .home(home)
                .start();
        await().atMost(Duration.ofSeconds(10)).until(() -> sidecar.stdout().contains("hello"));
        return sidecar;
    }

    private SidecarProcess verb(Path home, String verb, String... arguments) {
        return SidecarProcess.verb(verb, directory).args(arguments).home(home).launch();
    }

    private String output(int code, Path home, String verb, String... arguments) {
        try (SidecarProcess client = verb(home, verb, arguments)) {
            assertThat(client.awaitExit(END)).as(verb + ": " + client.stderr()).isEqualTo(code);
            return client.stdout();
        }
    }

    @Test
    void findTheSidecarByItsNameAndStopEndsIt() {
        Path home = directory.resolve("home");
        try (SidecarProcess sidecar = greeter(home, "echo hello; exec sleep 60")) {
            assertThat(output(0, home, "wait", "--name", "app")).isEmpty();
            assertThat(output(0, home, "health", "--name", "app")).startsWith("UP");
            assertThat(output(0, home, "health", "ready")).startsWith("UP");
            assertThat(output(64, home, "health", "nothing")).isEmpty();
            assertThat(output(1, home, "edge", "show", "nothing")).isEmpty();
            assertThat(output(0, home, "logs", "--name", "app")).contains("stdout hello");
            assertThat(output(0, home, "stop", "--name", "app")).isEmpty();

            assertThat(sidecar.awaitExit(END)).isEqualTo(143);
            assertThat(sidecar.socket()).doesNotExist();
            assertThat(output(69, home, "health", "--name", "app")).isEmpty();
        }
    }

    @Test
    void findASidecarWhoseHomeIsTooLongForASocket() {
        Path home = directory.resolve("h".repeat(100));
        try (SidecarProcess sidecar = greeter(home, "echo hello; exec sleep 60")) {
            assertThat(sidecar.socket().startsWith(home)).isFalse();

            assertThat(output(0, home, "wait", "--name", "app")).isEmpty();
            assertThat(output(0, home, "health")).startsWith("UP");
            assertThat(output(0, home, "logs")).contains("stdout hello");
            assertThat(output(0, home, "services")).doesNotContain("no sidecar");
            assertThat(output(0, home, "stop")).isEmpty();

            assertThat(sidecar.awaitExit(END)).isEqualTo(143);
        }
    }

    @Test
    void configIsWrittenReadListedWatchedAndDeleted() {
        Path home = directory.resolve("home");
        try (SidecarProcess sidecar = greeter(home, "echo hello; exec sleep 60")) {
            assertThat(output(1, home, "config", "get", "orders.url")).isEmpty();
            assertThat(output(0, home, "config", "put", "orders.url", "jdbc:x", "--create"))
                    .isEqualToIgnoringNewLines("version 1");
            assertThat(output(1, home, "config", "put", "orders.url", "jdbc:y", "--create"))
                    .isEmpty();
            assertThat(output(64, home, "config", "put", "two words", "x")).isEmpty();
            output(0, home, "config", "put", "orders.limits", "{\"perMinute\":60}");
            assertThat(output(0, home, "config", "get", "orders.url")).isEqualToIgnoringNewLines("jdbc:x");
            assertThat(output(0, home, "config", "list", "orders"))
                    .isEqualTo("orders.limits={\"perMinute\":60}  (store 1)\norders.url=jdbc:x  (store 1)\n");
            try (SidecarProcess watch = verb(home, "config", "watch", "orders", "--after", "0")) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> watch.stdout().contains("2 put orders.limits"));
                output(0, home, "config", "delete", "orders.url", "--if-version", "1");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> watch.stdout().contains("3 delete orders.url"));
            }
            assertThat(output(0, home, "config", "rollback", "orders.url", "1")).isEqualToIgnoringNewLines("version 3");
            assertThat(output(0, home, "config", "history", "orders.url").lines())
                    .satisfiesExactly(
                            line -> assertThat(line).matches("3  \\S+Z  app/\\S+  jdbc:x"),
                            line -> assertThat(line).startsWith("2  ").endsWith("(deleted)"),
                            line -> assertThat(line).startsWith("1  ").endsWith("jdbc:x"));
            assertThat(output(1, home, "config", "rollback", "orders.url", "2")).isEmpty();
            assertThat(output(1, home, "config", "history", "orders.nothing")).isEmpty();
            assertThat(output(64, home, "config")).isEmpty();
            assertThat(output(64, home, "config", "put", "not..a.key", "1")).isEmpty();
        }
    }

    @Test
    void logsFollowUntilTheSidecarStops() throws IOException {
        Path home = directory.resolve("home");
        Path go = directory.resolve("go");
        String script = "echo hello; while [ ! -e '" + go + "' ]; do sleep 0.05; done; echo goodbye; exec sleep 60";
        try (SidecarProcess sidecar = greeter(home, script);
                SidecarProcess logs = verb(home, "logs", "-f")) {
            await().atMost(END).until(() -> logs.stdout().contains("stdout hello"));
            Files.createFile(go);
            await().atMost(Duration.ofSeconds(5)).until(() -> logs.stdout().contains("stdout goodbye"));

            sidecar.terminate();

            assertThat(logs.awaitExit(END)).isZero();
        }
    }

    @Test
    void validateSaysWhereAFileIsWrong() throws IOException {
        Path home = directory.resolve("home");
        Files.writeString(directory.resolve("good.yml"), "sidecar:\n  app:\n    port: 3000\n");
        Files.writeString(directory.resolve("bad.yml"), "sidecar:\n  app:\n    prot: 3000\n");

        assertThat(output(0, home, "validate", directory.resolve("good.yml").toString()))
                .isEqualTo("good.yml: ok\n");
        try (SidecarProcess bad =
                verb(home, "validate", directory.resolve("bad.yml").toString())) {
            assertThat(bad.awaitExit(END)).isEqualTo(78);
            assertThat(bad.stderr())
                    .contains("bad.yml:3:5: unknown property sidecar.app.prot; did you mean sidecar.app.port?");
        }
        output(78, home, "validate");
    }
}
