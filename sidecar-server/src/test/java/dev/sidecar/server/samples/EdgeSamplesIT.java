package dev.sidecar.server.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.SidecarProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples edge-nginx and edge-haproxy as their READMEs start them, on free ports. */
class EdgeSamplesIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** It takes 0.1 to 0.8 s on two cores that do other work too. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "haproxy"})
    void instancesThatAreAddedDrainedAndKilledShow(String proxy) throws Exception {
        String edge = proxy.equals("nginx") ? "web" : "lb";
        int port = freePort();
        SidecarProcess.Builder builder = SidecarProcess.run(
                        directory, "edge-" + proxy, List.of("python3", "samples/edge-nginx/apps.py"))
                .args("--config", "samples/edge-" + proxy + "/sidecar.yml")
                .set("sidecar.edge." + edge + ".listen", "127.0.0.1:" + port)
                .workingDirectory(ROOT);
        if (proxy.equals("nginx")) {
            builder.set("sidecar.edge.web.status", "127.0.0.1:" + freePort());
        }
        try (SidecarProcess sidecar = builder.start()) {
            awaitAnswers(port, PATIENCE, "orders-1", "orders-2", "orders-3");

            signal("USR1", sidecar.pid());
            awaitAnswers(port, SOON, "orders-1", "orders-2", "orders-3", "orders-4");

            signal("TERM", pid(sidecar, "orders-1"));
            awaitAnswers(port, SOON, "orders-2", "orders-3", "orders-4");

            signal("KILL", pid(sidecar, "orders-2"));
            awaitAnswers(port, SOON, "orders-3", "orders-4");

            sidecar.terminate();
            sidecar.awaitExit(Duration.ofSeconds(20));
            await("the proxy ended with it").atMost(PATIENCE).until(() -> !listens(port));
        }
    }

    private void awaitAnswers(int port, Duration atMost, String... names) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(20)).until(() -> answers(port), Set.of(names)::equals);
    }

    private static Set<String> answers(int port) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 8; i++) {
            names.add(answer(port));
        }
        return names;
    }

    /** Each by a connection of its own. */
    private static String answer(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
        } catch (IOException | IndexOutOfBoundsException e) {
            return "none";
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static long pid(SidecarProcess sidecar, String name) {
        Matcher line = Pattern.compile(name + " listens on \\d+, pid (\\d+)").matcher(sidecar.stdout());
        assertThat(line.find()).as(sidecar.stdout()).isTrue();
        return Long.parseLong(line.group(1));
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
