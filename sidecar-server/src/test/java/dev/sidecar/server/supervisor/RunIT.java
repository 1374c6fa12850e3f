package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sidecar run}, as the real process with real applications. */
class RunIT {

    private static final Duration END = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private SidecarProcess.Builder run(String... command) {
        return SidecarProcess.run(directory, "app", List.of(command));
    }

    private static SidecarProcess started(SidecarProcess.Builder builder, String output) {
        SidecarProcess sidecar = builder.start();
        await().atMost(Duration.ofSeconds(10)).until(() -> sidecar.stdout().contains(output));
        return sidecar;
    }

    private static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 0,0", "exit 1,1", "exit 78,78", "exit 255,255", "kill -9 $$,137", "kill -3 $$,131"})
    void hasTheApplicationsExitCode(String script, int code) {
        try (SidecarProcess sidecar = run("sh", "-c", "ulimit -c 0; " + script).launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(code);
        }
    }

    @Test
    void sameByJavaJar() {
        try (SidecarProcess sidecar = SidecarProcess.run(directory, "app", List.of("sh", "-c", "exit 42"))
                .byJar()
                .launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(42);
        }
    }

    @Test
    void theReadyLineSaysWhereItListens() {
        try (SidecarProcess sidecar = run("sleep", "60").start()) {
            assertThat(sidecar.stderr())
                    .containsPattern(
                            "(?m)^sidecar ready name=app api=http://127\\.0\\.0\\.1:\\d+ socket=/\\S+/app\\.sock"
                                    + " ops=http://127\\.0\\.0\\.1:\\d+ in=\\d+ms$");
        }
    }

    @Test
    void passesTheOutputOnAsItIsWithRaw() {
        try (SidecarProcess sidecar = run("printf", "a\\nb\\0c").args("--raw").launch()) {
            assertThat(sidecar.awaitExit(END)).isZero();
            assertThat(sidecar.stdout()).isEqualTo("a\nb\0c");
        }
    }

    @Test
    void standardInputReachesTheApplication() throws IOException {
        try (SidecarProcess sidecar = run("cat").args("--raw").launch()) {
            try (OutputStream input = sidecar.process().getOutputStream()) {
                input.write("through and through\n".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(sidecar.awaitExit(END)).isZero();
            assertThat(sidecar.stdout()).isEqualTo("through and through\n");
        }
    }

    @Test
    void tellsTheApplicationOfTheSidecar() {
        try (SidecarProcess sidecar = run("sh", "-c", "env -0 | tr '\\0' '\\n'; sleep 60")
                .args("--raw", "--app-port", "3000")
                .env("SIDECAR_API_TOKEN", "t/1")
                .env("JAVA_TOOL_OPTIONS", "-Dkept=true")
                .start()) {
            await().until(() -> sidecar.stdout().contains("SIDECAR_RUN="));

            Map<String, String> env = environment(sidecar);

            assertThat(env)
                    .containsEntry("SIDECAR_URL", sidecar.api().toString())
                    .containsEntry("SIDECAR_SOCKET", sidecar.socket().toString())
                    .containsEntry("SIDECAR_TOKEN", "t/1")
                    .containsEntry("SIDECAR_APP_NAME", "app")
                    .containsKey("SIDECAR_APP_INSTANCE")
                    .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", sidecar.api().toString())
                    .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                    .containsEntry("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20t%2F1")
                    .containsEntry("OTEL_SERVICE_NAME", "app")
                    .containsEntry("PORT", "3000")
                    .containsEntry("JAVA_TOOL_OPTIONS", "-Dkept=true")
                    .doesNotContainKeys("MALLOC_ARENA_MAX", "_JAVA_SR_SIGNUM", "SIDECAR_LAUNCHER_UNSET");
        }
    }

    @Test
    void whatTheUserSetWins() {
        try (SidecarProcess sidecar = run("env")
                .args("--raw", "--app-port", "3000")
                .env("PORT", "4000")
                .env("SIDECAR_URL", "http://127.0.0.1:9")
                .env("OTEL_SERVICE_NAME", "mine")
                .env("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://127.0.0.1:4318/v1/logs")
                .env("odd.name", "kept")
                .launch()) {
            assertThat(sidecar.awaitExit(END)).isZero();

            assertThat(environment(sidecar))
                    .containsEntry("PORT", "4000")
                    .containsEntry("SIDECAR_URL", "http://127.0.0.1:9")
                    .containsEntry("OTEL_SERVICE_NAME", "mine")
                    .containsEntry("odd.name", "kept")
                    .as("the token is not for the user's own collector")
                    .doesNotContainKey("OTEL_EXPORTER_OTLP_HEADERS");
        }
    }

    private static Map<String, String> environment(SidecarProcess sidecar) {
        return sidecar.stdout()
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (a, b) -> a,
                        TreeMap::new));
    }

    @Test
    void signalsReachTheApplicationAndTermEndsThePair() {
        String traps = "for s in HUP USR1 USR2 WINCH; do trap \"echo $s\" $s; done; trap 'echo TERM; exit 5' TERM;";
        try (SidecarProcess sidecar =
                started(run("sh", "-c", traps + " echo up; while :; do sleep 0.05; done"), "up")) {
            for (String signal : List.of("HUP", "USR1", "USR2", "WINCH")) {
                signal(sidecar.pid(), signal);
                await().until(() -> sidecar.stdout().contains("\"" + signal + "\""));
            }

            signal(sidecar.pid(), "TERM");

            assertThat(sidecar.awaitExit(END)).isEqualTo(5);
            assertThat(sidecar.stdout()).contains("\"TERM\"");
        }
    }

    @Test
    void anInterruptIsWhatTheApplicationGets() {
        try (SidecarProcess sidecar = started(
                run("sh", "-c", "trap 'exit 6' INT; trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done"),
                "up")) {
            signal(sidecar.pid(), "INT");

            assertThat(sidecar.awaitExit(END)).isEqualTo(6);
        }
    }

    @Test
    void seesTheDeathOfTheApplicationWithin200Milliseconds() {
        try (SidecarProcess sidecar = started(run("sh", "-c", "echo up; exec sleep 60"), "up")) {
            ProcessHandle app = sidecar.process()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").endsWith("sleep"))
                    .findFirst()
                    .orElseThrow();

            long began = System.nanoTime();
            app.destroyForcibly();
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofMillis(200))
                    .until(() -> sidecar.stderr().contains("the application ended with 137"));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(200));
            assertThat(sidecar.awaitExit(END)).isEqualTo(137);
        }
    }

    @Test
    void refusesACommandThatIsNotThere() {
        try (SidecarProcess sidecar = run("no-such-program").launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(127);
            assertThat(sidecar.stderr()).contains("sidecar: command not found: no-such-program");
        }
    }

    @Test
    void refusesACommandThatCannotBeRun() {
        try (SidecarProcess sidecar = run(directory.toString()).launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(126);
            assertThat(sidecar.stderr()).contains("is a directory");
        }
    }

    @Test
    void refusesATypoInTheConfiguration() throws IOException {
        Path config = Files.writeString(directory.resolve("sidecar.yml"), "sidecar:\n  app:\n    prot: 3000\n");
        try (SidecarProcess sidecar = run("true").workingDirectory(directory).launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(78);
            assertThat(sidecar.stderr())
                    .contains(config.getFileName()
                            + ":3:5: unknown property sidecar.app.prot; did you mean sidecar.app.port?")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                SidecarProcess sidecar = SidecarProcess.verb("run", directory)
                        .args("--api-port", Integer.toString(taken.getLocalPort()), "--ops-port", "0")
                        .command(List.of("true"))
                        .launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(78);
            assertThat(sidecar.stderr())
                    .contains("sidecar.api.port: " + taken.getLocalPort())
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void usageErrorsSayWhatMayHaveBeenMeant() {
        try (SidecarProcess sidecar = run("true").args("--app-prt", "1").launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(64);
            assertThat(sidecar.stderr()).contains("Did you mean --app-port?");
        }
    }

    @Test
    void givesUpWhenTheRestartBudgetIsSpent() {
        try (SidecarProcess sidecar = run("sh", "-c", "echo again; exit 3")
                .args("--restart", "on-failure", "--raw")
                .set("sidecar.app.backoff.first", "10ms")
                .set("sidecar.app.backoff.budget", "2")
                .launch()) {
            assertThat(sidecar.awaitExit(END)).isEqualTo(69);
            assertThat(sidecar.stdout()).isEqualTo("again\n".repeat(3));
            assertThat(sidecar.stderr()).contains("the restart budget");
        }
    }

    @Test
    void aSidecarWithinASidecarTellsItsApplicationOfItself() {
        Path launcher = Path.of("..", "sidecar").toAbsolutePath().normalize();
        try (SidecarProcess sidecar = run(
                        launcher.toString(),
                        "run",
                        "--raw",
                        "--name",
                        "inner",
                        "--api-port",
                        "0",
                        "--ops-port",
                        "0",
                        "--",
                        "sh",
                        "-c",
                        "echo $SIDECAR_APP_NAME $SIDECAR_SOCKET; exit 9")
                .args("--raw")
                .launch()) {
            assertThat(sidecar.awaitExit(Duration.ofSeconds(60))).isEqualTo(9);
            assertThat(sidecar.stdout()).startsWith("inner ").contains("/inner.sock");
        }
    }
}
