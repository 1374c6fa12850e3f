package dev.sidecar.server.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.health.HealthGroup;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.watchdog.AppPhase;
import dev.sidecar.watchdog.Cause;
import dev.sidecar.watchdog.WatchdogEvent;
import dev.sidecar.watchdog.WatchdogReport;
import dev.sidecar.watchdog.WatchdogState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog on real processes, seen from outside. */
@Timeout(120)
class WatchdogIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Beats for two seconds and then hangs without ending. */
    private static final String STOPS_BEATING =
            """
            import os, socket, time
            address = os.environ['NOTIFY_SOCKET']
            address = '\\0' + address[1:] if address[0] == '@' else address
            out = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            out.connect(address)
            out.send(b'READY=1\\nSTATUS=serving\\nX_UNKNOWN=1\\n')
            for i in range(%d):
                out.send(b'WATCHDOG=1')
                time.sleep(int(os.environ['WATCHDOG_USEC']) / 2000000)
            time.sleep(3600)
            """;

    private static final String NODE_BEATS =
            """
            const { spawnSync } = require('child_process');
            const beat = () => spawnSync('systemd-notify', ['WATCHDOG=1'], { stdio: 'inherit' });
            spawnSync('systemd-notify', ['--ready', '--status=node serves'], { stdio: 'inherit' });
            setInterval(beat, Number(process.env.WATCHDOG_USEC) / 3000);
            """;

    @TempDir
    Path directory;

    @Test
    void restartsAnAppThatStopsItsHeartbeatsOnTimeWithTheEvidenceInTheLog() throws Exception {
        Path app = Files.writeString(directory.resolve("stops.py"), STOPS_BEATING.formatted(4));
        try (SidecarProcess process = builder("python3", app.toString())
                .set("sidecar.watchdog.heartbeat", "1s")
                .set("sidecar.watchdog.evidence", "echo,stack-of-{pid}")
                .start()) {
            RemoteSidecar sidecar = connect(process);
            Long first = sidecar.watchdog().report().app().pid();
            Instant seen = lastHeartbeat(sidecar);
            await().atMost(SOON).until(() -> sidecar.watchdog().report().restarts() > 0);

            WatchdogReport report = sidecar.watchdog().report();
            WatchdogEvent event = report.events().get(0);
            assertThat(event.cause()).isEqualTo(Cause.HEARTBEAT);
            assertThat(Duration.between(seen, event.timestamp()))
                    .isBetween(Duration.ofMillis(900), Duration.ofMillis(2_000));
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            sidecar.watchdog().report().app().pid())
                    .isNotNull()
                    .isNotEqualTo(first));
            assertThat(process.stdout() + process.stderr())
                    .contains("no heartbeat for more than 1s")
                    .contains("stack-of-" + first)
                    .containsPattern(first + " python3[^:]*: state S, 1 threads");
            sidecar.close();
        }
    }

    /** The last one before the first event. */
    private static Instant lastHeartbeat(RemoteSidecar sidecar) {
        AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
            WatchdogReport report = sidecar.watchdog().report();
            Instant lastAt = report.heartbeat().lastAt();
            if (report.events().isEmpty() && lastAt != null) {
                last.set(lastAt);
            }
            return !report.events().isEmpty();
        });
        return last.get();
    }

    @Test
    void leavesAnAppAloneThatBeatsFromPython() throws Exception {
        Path app = Files.writeString(directory.resolve("beats.py"), STOPS_BEATING.formatted(10_000));
        survives(builder("python3", app.toString()), "serving");
    }

    @Test
    void leavesAnAppAloneThatBeatsFromNode() throws Exception {
        Path app = Files.writeString(directory.resolve("beats.js"), NODE_BEATS);
        survives(builder("node", app.toString()), "node serves");
    }

    @Test
    void leavesAnAppAloneThatBeatsFromAShellOverAnAbstractSocket() throws Exception {
        survives(
                builder(
                                "sh",
                                "-c",
                                "systemd-notify --ready --status='shell serves';"
                                        + " while :; do systemd-notify WATCHDOG=1; sleep 0.3; done")
                        .set(
                                "sidecar.watchdog.notify-socket",
                                "@sidecar-test-" + ProcessHandle.current().pid()),
                "shell serves");
    }

    private static void survives(SidecarProcess.Builder builder, String status) {
        try (SidecarProcess process =
                builder.set("sidecar.watchdog.heartbeat", "2s").start()) {
            RemoteSidecar sidecar = connect(process);
            await().atMost(SOON)
                    .until(() -> sidecar.watchdog().report().heartbeat().count() > 7);
            WatchdogReport report = sidecar.watchdog().report();

            assertThat(report.events()).isEmpty();
            assertThat(report.restarts()).isZero();
            assertThat(report.state()).isEqualTo(WatchdogState.WATCHING);
            assertThat(report.app().status()).isEqualTo(status);
            assertThat(report.app().phase()).isEqualTo(AppPhase.READY);
            sidecar.close();
        }
    }

    @Test
    void restartsAnAppThatFailsLivenessAndGivesUpWhenTheBudgetIsSpent() {
        try (SidecarProcess process = builder("sleep", "3600")
                .set("sidecar.app.backoff.budget", "1")
                .set("sidecar.app.backoff.first", "10ms")
                .set("sidecar.health.checks.alive.type", "exec")
                .set("sidecar.health.checks.alive.command", "false")
                .set("sidecar.health.checks.alive.groups", "live")
                .set("sidecar.health.checks.alive.fall", "1")
                .launch()) {
            assertThat(process.awaitExit(Duration.ofSeconds(60))).isEqualTo(69);
            assertThat(process.stdout() + process.stderr())
                    .contains("failing liveness: alive")
                    .contains("sidecar.app.backoff.budget");
        }
    }

    @Test
    void endsWithSixtyNineWhenMemoryIsAboveItsCeilingAndTheActionIsExit() throws Exception {
        Path app = Files.writeString(
                directory.resolve("eats.py"), "import time\nkept = bytearray(80_000_000)\ntime.sleep(3600)\n");
        try (SidecarProcess process = builder("python3", app.toString())
                .set("sidecar.watchdog.memory.max", "60MB")
                .set("sidecar.watchdog.memory.for", "1s")
                .set("sidecar.watchdog.action", "exit")
                .launch()) {
            assertThat(process.awaitExit(Duration.ofSeconds(60))).isEqualTo(69);
            assertThat(process.stdout() + process.stderr()).contains("memory is ");
        }
    }

    @Test
    void aTriggerActsAtOnceAndTheSignalIsTheConfiguredOne() {
        try (SidecarProcess process = builder(
                        "sh",
                        "-c",
                        "trap 'echo got-usr1' USR1; systemd-notify WATCHDOG=trigger; while :; do sleep 0.1; done")
                .set("sidecar.watchdog.action", "signal")
                .set("sidecar.watchdog.signal", "USR1")
                .start()) {
            await().atMost(SOON).until(() -> process.stdout().contains("got-usr1"));
            RemoteSidecar sidecar = connect(process);
            assertThat(sidecar.watchdog().report().events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.cause()).isEqualTo(Cause.TRIGGER));
            sidecar.close();
        }
    }

    @Test
    void anAppThatHasToSaySoIsReadyWhenItSaidSo() {
        Path go = directory.resolve("go");
        try (SidecarProcess process = builder(
                        "sh", "-c", "while [ ! -e " + go + " ]; do sleep 0.1; done; systemd-notify --ready; sleep 3600")
                .set("sidecar.watchdog.ready", "true")
                .start()) {
            RemoteSidecar sidecar = connect(process);
            assertThat(sidecar.health().report(HealthGroup.READY).status()).isEqualTo(HealthStatus.UNKNOWN);

            Files.createFile(go);

            await().atMost(SOON)
                    .until(() -> sidecar.health().report(HealthGroup.READY).status() == HealthStatus.UP);
            sidecar.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSwitchedOffWatchdogHasNoSocketAndNoThread() {
        try (SidecarProcess process = builder("sh", "-c", "echo socket=$NOTIFY_SOCKET; sleep 3600")
                .set("sidecar.watchdog.enabled", "false")
                .start()) {
            await().atMost(SOON).until(() -> process.stdout().contains("socket="));
            assertThat(process.stdout()).doesNotContain("socket=/").doesNotContain("socket=@");
            RemoteSidecar sidecar = connect(process);
            assertThat(sidecar.info().features()).containsEntry("watchdog", false);
            assertThat(sidecar.watchdog().report().state()).isEqualTo(WatchdogState.OFF);
            sidecar.close();
        }
    }

    private SidecarProcess.Builder builder(String... command) {
        return SidecarProcess.run(directory, "app", List.of(command));
    }

    private static RemoteSidecar connect(SidecarProcess process) {
        return RemoteSidecar.connect(new RemoteOptions(
                Endpoint.parse(process.api().toString()),
                process.token(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                new SimpleMeterRegistry()));
    }
}
