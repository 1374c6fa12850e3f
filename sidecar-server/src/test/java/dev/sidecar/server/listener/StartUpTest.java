package dev.sidecar.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sidecar.server.StartupProblem;
import dev.sidecar.server.testing.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpTest {

    @TempDir
    private Path home;

    @Test
    void makesTheSocketForItsOwnerOnlyAndTakesItAwayAtTheEnd() throws IOException {
        Path socket = home.resolve("run/orders.sock");

        try (RunningServer server = RunningServer.start(home)) {
            assertThat(server.listeners().socket()).isEqualTo(socket);
            assertThat(mode(socket)).isEqualTo("rw-------");
            assertThat(mode(home.resolve("run"))).isEqualTo("rwx------");
            assertThat(server.listeners().apiUrl()).matches("http://127\\.0\\.0\\.1:[1-9]\\d+");
            assertThat(server.listeners().opsUrl()).matches("http://127\\.0\\.0\\.1:[1-9]\\d+");
        }

        assertThat(socket).doesNotExist();
    }

    @Test
    void replacesASocketThatAKilledSidecarLeft() throws IOException {
        Path socket = home.resolve("left.sock");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();

        try (RunningServer server = RunningServer.start(home, "sidecar.api.socket=" + socket)) {
            assertThat(server.rawBySocket("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void leavesARunningSidecarOfTheSameNameAlone() throws IOException {
        try (RunningServer first = RunningServer.start(home)) {
            StartupProblem problem = failure();

            assertThat(problem).hasMessageContaining("sidecar.api.socket", "orders.sock", "running sidecar");
            assertThat(problem.action()).contains("--name");
            assertThat(first.rawBySocket("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(Files.readString(first.token().file()))
                    .isEqualTo(first.token().value());
        }
    }

    @Test
    void neverRemovesAFileThatIsNotASocket() throws IOException {
        Path file = Files.writeString(home.resolve("precious.txt"), "keep me");

        assertThat(failure("sidecar.api.socket=" + file)).hasMessageContaining(file.toString(), "not a socket");
        assertThat(file).hasContent("keep me");
    }

    @Test
    void refusesASocketPathThatIsTooLong() {
        Path socket = home.resolve("s".repeat(120) + ".sock");
        int length = socket.toString().length();

        StartupProblem problem = failure("sidecar.api.socket=" + socket);

        assertThat(problem).hasMessageContaining("sidecar.api.socket", String.valueOf(length), "107");
        assertThat(problem.action()).contains("--socket");
    }

    @Test
    void findsAShortSocketPathForALongHome() throws IOException {
        Path longHome = Files.createDirectories(home.resolve("h".repeat(110)));

        try (RunningServer server = RunningServer.start(longHome)) {
            Path socket = server.listeners().socket();

            assertThat(socket.toString().length()).isLessThan(108);
            assertThat(mode(socket)).isEqualTo("rw-------");
            assertThat(mode(socket.getParent())).isEqualTo("rwx------");
            assertThat(server.rawBySocket("GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void namesThePropertyOfATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThat(failure("sidecar.api.port=" + port)).hasMessageContaining("sidecar.api.port", port, "in use");
            assertThat(failure("sidecar.ops.port=" + port)).hasMessageContaining("sidecar.ops.port", port, "in use");
            assertThat(failure("sidecar.ops.port=" + port).action()).contains("0 for any");
        }
    }

    @Test
    void refusesOnePortForTwoListeners() {
        assertThat(failure("sidecar.api.port=28301", "sidecar.ops.port=28301"))
                .hasMessageContaining("sidecar.ops.port", "28301");
    }

    @Test
    void refusesWhatIsNoPortOrAddress() {
        assertThat(failure("sidecar.api.port=70000")).hasMessageContaining("sidecar.api.port", "70000");
        assertThat(failure("sidecar.api.address=192.0.2.1")).hasMessageContaining("sidecar.api.address", "192.0.2.1");
        assertThat(failure("sidecar.ops.address=no such host")).hasMessageContaining("sidecar.ops.address");
    }

    @Test
    void refusesATokenThatAHeaderCannotCarryWithoutRepeatingIt() {
        assertThat(failure("sidecar.api.token=geheim nis"))
                .hasMessageContaining("sidecar.api.token")
                .hasMessageNotContaining("geheim");
    }

    private StartupProblem failure(String... properties) {
        Throwable failure =
                catchThrowable(() -> RunningServer.start(home, properties).close());
        assertThat(failure).isNotNull();
        return StartupProblem.in(failure).orElseThrow(() -> new AssertionError("another failure", failure));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
