package dev.sidecar.health;

import org.jspecify.annotations.Nullable;

/** Makes the probe that a definition asks for. What probes share is made when the first one runs. */
final class Probes implements AutoCloseable {

    private @Nullable GrpcClient grpc;
    private boolean closed;

    Probe of(CheckDefinition definition) {
        return switch (definition.type()) {
            case HTTP -> HttpProbe.of(definition);
            case TCP -> TcpProbe.of(definition);
            case EXEC -> ExecProbe.of(definition);
            case PROCESS -> ProcessProbe.of(definition);
            case GRPC -> GrpcProbe.of(definition, this::grpc);
            case TTL -> throw new IllegalArgumentException("a ttl check is pushed, not probed");
        };
    }

    /** Throws {@code invalid-check} where there could be no such check. */
    void check(CheckDefinition definition) {
        CheckRules.check(definition);
        if (definition.type() == CheckType.TTL) {
            TtlCheck.ttl(definition);
        } else {
            of(definition.withDefaults());
        }
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
