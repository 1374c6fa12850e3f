package dev.sidecar.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.proxy.ReferenceReading.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real NGINX behind the proxy sees no request that nobody sent, whatever clients send. */
class SmugglingNginxIT {

    private static final int CASES = Integer.getInteger("sidecar.fuzz.cases", 2000);
    private static final long SEED = Long.getLong("sidecar.fuzz.seed", 7);

    @TempDir
    Path directory;

    /** A request as NGINX logs it. */
    private record Logged(String method, String target, String id) {}

    @Test
    void nginxReadsWhatTheClientsSent() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process nginx = nginx(port);
        FuzzedRequests fuzzed = new FuzzedRequests(SEED);
        List<String> inputs = new ArrayList<>();
        for (int id = 0; id < CASES; id++) {
            inputs.add(fuzzed.next(id));
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (ProxyFixture proxy = new ProxyFixture(
                (request, origin) -> ProxyFixture.decision(
                        new ProxyFixture.FixedRoute(Target.plain("127.0.0.1", port), RouteLimits.DEFAULT),
                        request.isConnect()),
                ProxyOptions.DEFAULT.clientTimeouts(
                        Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300)))) {
            List<Future<?>> running = new ArrayList<>();
            for (String input : inputs) {
                running.add(threads.submit(() -> converse(proxy, input)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
            nginx.destroy();
            nginx.waitFor();
        }
        Map<Logged, Long> sent = inputs.stream()
                .flatMap(input -> ReferenceReading.of(input).requests().stream())
                .collect(Collectors.groupingBy(SmugglingNginxIT::logged, Collectors.counting()));
        Map<Logged, Long> seen = Files.readAllLines(directory.resolve("access.log")).stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts[0].equals("200"))
                // An identifier that was fuzzed itself is logged in NGINX's own way.
                .filter(parts -> parts.length == 4 && parts[3].matches("[0-9]+|-"))
                .map(parts -> new Logged(parts[1], parts[2], parts[3]))
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        seen.forEach((request, times) -> {
            // An identifier that Connection named did not get here.
            long most = request.id().equals("-") ? CASES : sent.getOrDefault(request, 0L);
            assertThat(times).as("seed %s: %s", SEED, request).isLessThanOrEqualTo(most);
        });
        assertThat(seen.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(CASES / 2);
    }

    private static Logged logged(Request request) {
        return new Logged(request.method(), request.target(), request.id().isEmpty() ? "-" : request.id());
    }

    private static Void converse(ProxyFixture proxy, String input) throws IOException {
        try (RawClient client = proxy.client()) {
            client.send(input);
            client.rest();
        } catch (SocketException closed) {
            // Refused before all was sent.
        }
        return null;
    }

    private Process nginx(int port) throws IOException {
        Path conf = Files.writeString(
                directory.resolve("nginx.conf"),
                """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                  log_format seen '$status $request_method $request_uri $http_x_id';
                  access_log access.log seen;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  large_client_header_buffers 8 64k;
                  server {
                    listen 127.0.0.1:%d;
                    location / { return 200 "fine"; }
                  }
                }
                """
                        .formatted(port));
        Process nginx = new ProcessBuilder("nginx", "-p", directory.toString(), "-c", conf.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
        return nginx;
    }
}
