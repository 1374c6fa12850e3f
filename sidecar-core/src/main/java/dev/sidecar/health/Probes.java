package dev.sidecar.health;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the probe that a definition asks for. What probes share is made when the first one runs. */
final class Probes implements AutoCloseable {

    private final Executor workers;
    private @Nullable HttpClient http;
    private @Nullable GrpcClient grpc;
    private boolean closed;

    Probes(Executor workers) {
        this.workers = workers;
    }

    Probe of(CheckDefinition definition, Duration timeout) {
        return switch (definition.type()) {
            case HTTP -> HttpProbe.of(definition, timeout, this::http);
            case TCP -> TcpProbe.of(definition);
            case EXEC -> ExecProbe.of(definition);
            case PROCESS -> ProcessProbe.of(definition);
            case GRPC -> GrpcProbe.of(definition, this::grpc);
            case TTL -> throw new IllegalArgumentException("a ttl check is pushed, not probed");
        };
    }

    private synchronized HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder()
                    .executor(workers)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return http;
    }

    private synchronized GrpcClient grpc() {
        if (closed) {
            throw new IllegalStateException("health is closed");
        }
        if (grpc == null) {
            grpc = new GrpcClient();
        }
        return grpc;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (grpc != null) {
            grpc.close();
        }
    }
}
