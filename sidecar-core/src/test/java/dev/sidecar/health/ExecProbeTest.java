package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecProbeTest {

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
    void exitZeroPassesWithWhatWasPrinted() {
        assertThat(run("echo out; echo err >&2", UP).output()).isEqualTo("out\nerr");
    }

    @Test
    void anyOtherExitFails() {
        assertThat(run("echo no space; exit 7", DOWN).output()).isEqualTo("exit 7: no space");
    }

    @Test
    void aProgramThatIsNotThereFails() {
        test.define(CheckDefinition.exec("x", "/no/such/program").fall(1));

        assertThat(test.awaitStatus("x", DOWN).output()).contains("/no/such/program");
    }

    @Test
    void standardInputIsEmpty() {
        assertThat(run("wc -c", UP).output()).isEqualTo("0");
    }

    @Test
    void keepsTheBeginningOfALongOutput() {
        String output = run("yes ä | head -c 100000", UP).output();

        assertThat(output).startsWith("ä\nä").endsWith("…");
        assertThat(output.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4090, 4096);
    }

    @Test
    void aCheckThatPrintsAGigabyteIsHarmless() {
        test.define(CheckDefinition.exec("x", "/bin/sh", "-c", "head -c 1073741824 /dev/zero; exit 0")
                .timeout(Duration.ofSeconds(30))
                .interval(Duration.ofMinutes(1)));

        assertThat(test.awaitStatus("x", UP).output()).hasSizeLessThanOrEqualTo(Output.LIMIT);
    }

    @Test
    void atTheTimeoutTheWholeTreeIsKilled() throws IOException {
        Path pids = home.resolve("pids");
        String script = "(sleep 1000 & echo $! >> " + pids + "; sleep 1000) & echo $! >> " + pids + "; echo $$ >> "
                + pids + "; wait";
        test.define(CheckDefinition.exec("x", "/bin/sh", "-c", script)
                .fall(1)
                .timeout(Duration.ofMillis(500))
                .interval(Duration.ofMinutes(1)));

        assertThat(test.awaitStatus("x", DOWN).output()).contains("no answer within 500ms");

        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(3);
        await().atMost(Duration.ofSeconds(5)).until(() -> started.stream().noneMatch(ExecProbeTest::runs));
    }

    @Test
    void removingACheckKillsWhatItRuns() throws IOException {
        Path pid = home.resolve("pid");
        test.define(CheckDefinition.exec(
                        "x",
                        "/bin/sh",
                        "-c",
                        "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 1000")
                .timeout(Duration.ofMinutes(1)));
        await().until(() -> Files.exists(pid));
        String started = Files.readString(pid).trim();
        assertThat(runs(started)).isTrue();

        test.health.remove("x");

        await().atMost(Duration.ofSeconds(5)).until(() -> !runs(started));
    }

    @Test
    void aGrandchildThatKeepsThePipeDoesNotHoldTheResultUp() {
        CheckState state = run("sleep 3 & echo started; exit 0", UP);

        assertThat(state.output()).isEqualTo("started");
        assertThat(state.durationMs()).isLessThan(2000);
    }

    private CheckState run(String script, HealthStatus expected) {
        test.define(CheckDefinition.exec("x", "/bin/sh", "-c", script).fall(1).timeout(Duration.ofSeconds(5)));
        return test.awaitStatus("x", expected);
    }

    /** A killed process that its parent has not reaped does not run any more. */
    private static boolean runs(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid.trim(), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
