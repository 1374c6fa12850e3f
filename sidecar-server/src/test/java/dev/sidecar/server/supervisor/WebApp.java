package dev.sidecar.server.supervisor;

import dev.sidecar.server.testing.SidecarProcess;
import dev.sidecar.tck.wire.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** An application that serves a directory on a port; ended by TERM at once. */
record WebApp(int port) {

    static WebApp onFreePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new WebApp(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> command() {
        return List.of("python3", "-m", "http.server", "--bind", "127.0.0.1", Integer.toString(port));
    }

    /** The same, once the file exists. */
    List<String> commandAfter(Path file) {
        return List.of(
                "sh", "-c", "while [ ! -e '" + file + "' ]; do sleep 0.02; done; exec " + String.join(" ", command()));
    }

    boolean serves() {
        return RawHttp.tcp(URI.create("http://127.0.0.1:" + port), "none")
                        .get("/")
                        .status()
                == 200;
    }

    /** The process that a sidecar runs, by what its command line says. */
    static ProcessHandle of(SidecarProcess sidecar) {
        return sidecar.process()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("http.server"))
                .findFirst()
                .orElseThrow();
    }
}
