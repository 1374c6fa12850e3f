package dev.sidecar.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LifecycleState;
import dev.sidecar.runtime.Threads;
import dev.sidecar.server.lifecycle.ExitCodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real supervisor and guardian on real processes; only the API is missing. */
class SupervisorIT {

    @TempDir
    Path home;

    private Pair pair;

    @BeforeEach
    void start() {
        pair = new Pair(home);
    }

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void everyExitCodeComesBack() {
        Map<Integer, Integer> wrong = new TreeMap<>();
        for (int code = 0; code < 256; code++) {
            int actual = pair.run("sh", "-c", "exit " + code);
            if (actual != code) {
                wrong.put(code, actual);
            }
        }
        assertThat(wrong).as("exit code → what came back").isEmpty();
    }

    @Test
    void deathByEverySignalComesBackAs128PlusItsNumber() {
        Map<Integer, Integer> wrong = new TreeMap<>();
        for (int signal = 1; signal <= 15; signal++) {
            int actual = pair.run("sh", "-c", "ulimit -c 0; kill -" + signal + " $$");
            if (actual != 128 + signal) {
                wrong.put(signal, actual);
            }
        }
        assertThat(wrong).as("signal → what came back").isEmpty();
    }

    @Test
    void takesEverythingTheApplicationPrintsToTheLastByte() {
        pair.run("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; printf end");

        assertThat(pair.out()).hasSize(3_000_003).endsWith("xend");
    }

    @Test
    void takesWhatAChildPrintsAfterTheApplicationEnded() {
        pair.run("sh", "-c", "(trap 'printf late; exit' TERM; while :; do sleep 0.01; done) & sleep 0.2; printf early");

        assertThat(pair.out()).isEqualTo("earlylate");
    }

    @Test
    void endsDescendantsThatLeftTheSessionWhenTheApplicationEnds() {
        pair.run("sh", "-c", "setsid sh -c 'sleep 300; true' & setsid -f sleep 300; env -i sleep 300 & exit 3");

        assertThat(pair.familySize()).isZero();
    }

    @Test
    void killsAnApplicationThatIgnoresTermAfterItsGrace() {
        SupervisorProperties properties = Pair.properties(RestartPolicy.NEVER, Duration.ofMillis(300), 0);

        int code = pair.run(
                properties,
                () -> {
                    await().until(() -> pair.out().contains("deaf"));
                    pair.signal(AppSignal.TERM);
                },
                "sh",
                "-c",
                "trap '' TERM; echo deaf; while :; do sleep 0.05; done");

        assertThat(code).isEqualTo(137);
        assertThat(pair.lifecycle.state()).isEqualTo(LifecycleState.STOPPED);
    }

    @Test
    void aSecondSignalHastensTheEnd() {
        SupervisorProperties properties = Pair.properties(RestartPolicy.NEVER, Duration.ofMinutes(5), 0);

        int code = pair.run(
                properties,
                () -> {
                    await().until(() -> pair.out().contains("deaf"));
                    pair.signal(AppSignal.TERM);
                    pair.signal(AppSignal.TERM);
                },
                "sh",
                "-c",
                "trap '' TERM; echo deaf; while :; do sleep 0.05; done");

        assertThat(code).isEqualTo(137);
    }

    @Test
    void anInterruptStaysAnInterrupt() {
        int code = runAndSignal(AppSignal.INT, "trap 'exit 42' INT; trap 'exit 43' TERM");

        assertThat(code).isEqualTo(42);
    }

    @Test
    void whoDoesNotHeedAnInterruptGetsTerm() {
        SupervisorProperties properties = Pair.properties(RestartPolicy.NEVER, Duration.ofMillis(600), 0);

        int code = pair.run(
                properties,
                () -> {
                    await().until(() -> pair.out().contains("up"));
                    pair.signal(AppSignal.INT);
                },
                "sh",
                "-c",
                "trap '' INT; trap 'exit 43' TERM; echo up; while :; do sleep 0.05; done");

        assertThat(code).isEqualTo(43);
    }

    @Test
    void endsAStoppedApplication() {
        int code = pair.run(
                Pair.properties(RestartPolicy.NEVER, Duration.ofMinutes(5), 0),
                () -> {
                    await().until(() -> pair.out().contains("up"));
                    pair.signal(AppSignal.TERM);
                },
                "sh",
                "-c",
                "echo up; kill -STOP $$");

        assertThat(code).isEqualTo(143);
    }

    private int runAndSignal(AppSignal signal, String traps) {
        return pair.run(
                Pair.properties(RestartPolicy.NEVER, Duration.ofSeconds(5), 0),
                () -> {
                    await().until(() -> pair.out().contains("up"));
                    pair.signal(signal);
                },
                "sh",
                "-c",
                traps + "; echo up; while :; do sleep 0.05; done");
    }

    @Test
    void passesOtherSignalsOnAndStays() {
        SupervisorProperties properties = Pair.properties(RestartPolicy.NEVER, Duration.ofSeconds(5), 0);
        String traps = "trap 'echo HUP' HUP; trap 'echo USR1' USR1; trap 'echo USR2' USR2; trap 'echo WINCH' WINCH;";

        int code = pair.run(
                properties,
                () -> {
                    await().until(() -> pair.out().contains("up"));
                    for (AppSignal signal :
                            new AppSignal[] {AppSignal.HUP, AppSignal.USR1, AppSignal.USR2, AppSignal.WINCH}) {
                        pair.signal(signal);
                        await().until(() -> pair.out().contains(signal + "\n"));
                    }
                    pair.signal(AppSignal.TERM);
                },
                "sh",
                "-c",
                traps + " trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done");

        assertThat(code).isEqualTo(7);
    }

    @Test
    void restartsOnFailureUntilTheBudgetIsSpent() {
        int code = pair.run(
                Pair.properties(RestartPolicy.ON_FAILURE, Duration.ofSeconds(5), 3),
                () -> {},
                "sh",
                "-c",
                "echo run; exit 9");

        assertThat(code).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(pair.out()).isEqualTo("run\n".repeat(4));
        assertThat(pair.lifecycle.state()).isEqualTo(LifecycleState.FAILED);
    }

    @Test
    void onFailureDoesNotRestartWhatEndedWell() {
        int code = pair.run(
                Pair.properties(RestartPolicy.ON_FAILURE, Duration.ofSeconds(5), 3), () -> {}, "sh", "-c", "echo run");

        assertThat(code).isZero();
        assertThat(pair.out()).isEqualTo("run\n");
    }

    @Test
    void alwaysRestartsUntilAStopIsAskedFor() {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Threads.named(
                        "test",
                        () -> code.complete(pair.run(
                                Pair.properties(RestartPolicy.ALWAYS, Duration.ofSeconds(5), 1000),
                                () -> {},
                                "sh",
                                "-c",
                                "echo run")))
                .start();
        await().until(() -> pair.out().lines().count() >= 3);

        pair.signal(AppSignal.TERM);

        await().until(code::isDone);
        assertThat(code.join()).isIn(0, 143);
    }
}
