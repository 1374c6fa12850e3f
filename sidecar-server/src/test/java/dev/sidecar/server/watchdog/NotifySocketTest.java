package dev.sidecar.server.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.LocalSidecar;
import dev.sidecar.SidecarOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.watchdog.AppPhase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The socket with systemd's own client, whose barrier waits until its descriptor is closed here. */
class NotifySocketTest {

    private static final AppFamily ALL_OF_OURS = pid -> ProcessHandle.of(pid).isPresent();
    private static final AppFamily NOBODY = pid -> false;

    @TempDir
    Path directory;

    private LocalSidecar sidecar;

    @BeforeEach
    void start() {
        sidecar = LocalSidecar.start(
                new LocalContext(
                        new Identity("notify", "notify-1", "localhost"),
                        new SidecarHome(directory),
                        new SimpleMeterRegistry()),
                SidecarOptions.defaults());
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    @Test
    void systemdNotifyIsHeardAtAPathAndItsBarrierDoesNotWait() throws Exception {
        Path path = directory.resolve("notify");
        try (NotifySocket socket = NotifySocket.open(path.toString(), sidecar.watchdog(), ALL_OF_OURS)) {
            assertThat(systemdNotify(socket.address(), "--ready", "--status=up"))
                    .isZero();
        }

        assertThat(sidecar.watchdog().report().app().phase()).isEqualTo(AppPhase.READY);
        assertThat(sidecar.watchdog().report().app().status()).isEqualTo("up");
        assertThat(path).doesNotExist();
    }

    @Test
    void systemdNotifyIsHeardAtAnAbstractName() throws Exception {
        try (NotifySocket socket =
                NotifySocket.open("@sidecar-test-" + UUID.randomUUID(), sidecar.watchdog(), ALL_OF_OURS)) {
            assertThat(systemdNotify(socket.address(), "WATCHDOG=1")).isZero();
        }

        assertThat(sidecar.watchdog().report().heartbeat().count()).isEqualTo(1);
    }

    @Test
    void oneWhoIsNotOfTheApplicationIsNotHeard() throws Exception {
        try (NotifySocket socket =
                NotifySocket.open(directory.resolve("notify").toString(), sidecar.watchdog(), NOBODY)) {
            assertThat(systemdNotify(socket.address(), "WATCHDOG=1")).isZero();
        }

        assertThat(sidecar.watchdog().report().heartbeat().count()).isZero();
    }

    @Test
    void aSocketThatIsClosedLeavesNoThread() throws Exception {
        NotifySocket.open(directory.resolve("notify").toString(), sidecar.watchdog(), NOBODY)
                .close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("sidecar-notify")));
    }

    private static int systemdNotify(String address, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "systemd-notify";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("NOTIFY_SOCKET", address);
        Process process = builder.start();
        assertThat(process.waitFor(4, TimeUnit.SECONDS))
                .as("before the barrier's five seconds")
                .isTrue();
        return process.exitValue();
    }
}
