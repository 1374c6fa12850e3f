package dev.sidecar.server.edge;

import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The NGINX of Debian's package, running with a configuration of its own that includes {@code conf.d/*.conf}. */
final class RealNginx implements AutoCloseable {

    final Path directory;
    final int port = Backends.freePort();
    final int status = Backends.freePort();
    private Process process;

    RealNginx(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory.resolve("conf.d"));
            Files.createDirectories(directory.resolve("logs"));
            Files.writeString(
                    config(),
                    """
                    daemon off;
                    user root;
                    worker_processes 2;
                    worker_shutdown_timeout 10s;
                    pid %1$s/nginx.pid;
                    error_log %1$s/logs/error.log warn;
                    events { worker_connections 512; }
                    http {
                        access_log off;
                        client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                        uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                        include conf.d/*.conf;
                    }
                    """
                            .formatted(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return directory.resolve("nginx.conf");
    }

    Path destination() {
        return directory.resolve("conf.d/web.conf");
    }

    void start() {
        try {
            process = new ProcessBuilder("nginx", "-c", config().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("nginx runs").atMost(10, TimeUnit.SECONDS).until(() -> Files.exists(directory.resolve("nginx.pid")));
    }

    /** Of the master, by its own file; 0 when there is none. */
    long pid() {
        try {
            return Long.parseLong(
                    Files.readString(directory.resolve("nginx.pid")).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** As the kernel would: the master is gone, and so are its workers. */
    void kill() throws Exception {
        List<ProcessHandle> workers = ProcessTree.kill(process);
        process.waitFor();
        await("nothing listens").atMost(5, TimeUnit.SECONDS).until(() -> workers.stream()
                .noneMatch(worker -> worker.isAlive() && worker.info().command().isPresent()));
    }

    String[] properties(String... more) {
        String prefix = "sidecar.edge.web.";
        List<String> all = new ArrayList<>(List.of(
                prefix + "driver=nginx",
                prefix + "services=orders",
                prefix + "destination=" + destination(),
                prefix + "check=nginx,-t,-c," + config(),
                prefix + "listen=127.0.0.1:" + port,
                prefix + "status=127.0.0.1:" + status,
                prefix + "timeout=5s"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        if (process != null) {
            ProcessTree.kill(process);
        }
    }
}
