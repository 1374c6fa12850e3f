package dev.sidecar.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Asks a gRPC server how it is: {@code grpc.health.v1.Health/Check}, without TLS, on a connection of its own.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">GRPC Health Checking Protocol</a>
 */
record GrpcProbe(Address address, String service, Supplier<GrpcClient> client) implements Probe {

    private static final int OK = 0;
    private static final int NOT_FOUND = 5;
    private static final int UNIMPLEMENTED = 12;
    private static final int LONGEST_SERVICE = 1000;

    static GrpcProbe of(CheckDefinition definition, Supplier<GrpcClient> client) {
        Address address = Address.of(definition);
        String service = Objects.requireNonNullElse(definition.service(), "");
        if (service.length() > LONGEST_SERVICE) {
            throw CheckRules.refused(definition, "service", service, "at most " + LONGEST_SERVICE + " characters");
        }
        if (!isPresent("io.netty.handler.codec.http2.Http2MultiplexHandler")) {
            throw CheckRules.refused(
                    definition,
                    "type",
                    "grpc",
                    "another type, or add the artifact io.netty:netty-codec-http2 to the application");
        }
        return new GrpcProbe(address, service, client);
    }

    @Override
    public ProbeResult run() throws IOException, InterruptedException {
        GrpcAnswer answer =
                client.get().call(address, "/grpc.health.v1.Health/Check", GrpcHealthMessages.request(service));
        if (answer.httpStatus() != 200) {
            return ProbeResult.fail(address + " answered HTTP " + answer.httpStatus() + "; it is no gRPC server");
        }
        return switch (answer.grpcStatus()) {
            case OK -> judge(GrpcHealthMessages.status(ByteBuffer.wrap(answer.message())));
            case NOT_FOUND -> ProbeResult.fail(address + " knows no service '" + service + "'");
            case UNIMPLEMENTED -> ProbeResult.fail(address + " does not offer grpc.health.v1.Health");
            default ->
                ProbeResult.fail(address + " answered gRPC status " + answer.grpcStatus() + ": " + answer.detail());
        };
    }

    private ProbeResult judge(GrpcHealthMessages.ServingStatus status) {
        String answer = address + " answered " + status;
        return status == GrpcHealthMessages.ServingStatus.SERVING ? ProbeResult.pass(answer) : ProbeResult.fail(answer);
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, GrpcProbe.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
