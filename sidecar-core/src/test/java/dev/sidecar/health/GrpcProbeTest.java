package dev.sidecar.health;

import static dev.sidecar.health.HealthStatus.DOWN;
import static dev.sidecar.health.HealthStatus.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcProbeTest {

    @TempDir
    Path home;

    private final HealthStatusManager statuses = new HealthStatusManager();
    private TestHealth test;
    private Server server;

    @BeforeEach
    void start() throws IOException {
        test = new TestHealth(home);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(statuses.getHealthService())
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        test.close();
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void asksTheServerAsAWhole() {
        define(CheckDefinition.grpc("g", address()));
        assertThat(test.awaitStatus("g", UP).output()).isEqualTo(address() + " answered SERVING");

        statuses.setStatus("", ServingStatus.NOT_SERVING);

        assertThat(test.awaitStatus("g", DOWN).output()).contains("NOT_SERVING");
    }

    @Test
    void asksAboutAService() {
        String service = "orders." + "v".repeat(200);
        statuses.setStatus(service, ServingStatus.SERVING);
        define(CheckDefinition.grpc("g", address()).service(service));

        test.awaitStatus("g", UP);
    }

    @Test
    void aServiceNobodyKnowsFails() {
        define(CheckDefinition.grpc("g", address()).service("nobody"));

        assertThat(test.awaitStatus("g", DOWN).output()).contains("knows no service 'nobody'");
    }

    @Test
    void aServerWithoutTheHealthServiceFails() throws IOException {
        Server bare = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start();
        try {
            define(CheckDefinition.grpc("g", "127.0.0.1:" + bare.getPort()));

            assertThat(test.awaitStatus("g", DOWN).output()).contains("does not offer grpc.health.v1.Health");
        } finally {
            bare.shutdownNow();
        }
    }

    @Test
    void aServerOfAnotherProtocolFails() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        try {
            define(CheckDefinition.grpc("g", "127.0.0.1:" + http.getAddress().getPort()));

            assertThat(test.awaitStatus("g", DOWN).output()).doesNotContain("no answer within");
        } finally {
            http.stop(0);
        }
    }

    @Test
    void nothingListeningFails() throws IOException {
        int port = server.getPort();
        server.shutdownNow();
        define(CheckDefinition.grpc("g", "127.0.0.1:" + port));

        assertThat(test.awaitStatus("g", DOWN).output()).contains("127.0.0.1:" + port);
    }

    @Test
    void aServerThatNeverAnswersIsATimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            define(CheckDefinition.grpc("g", "127.0.0.1:" + silent.getLocalPort()));

            assertThat(test.awaitStatus("g", DOWN).output()).contains("no answer within");
        }
    }

    @Test
    void passesOverFieldsOfALaterVersion() throws IOException {
        byte[] message = {0, 0, 0, 0, 7, 0x12, 1, 'x', 0x08, 1, 0x18, 5};

        assertThat(GrpcHealthMessages.status(ByteBuffer.wrap(message)))
                .isEqualTo(GrpcHealthMessages.ServingStatus.SERVING);
    }

    @Test
    void refusesAnAnswerThatIsCutOff() {
        byte[] message = {0, 0, 0, 0, 2, 0x12, 9};

        assertThatThrownBy(() -> GrpcHealthMessages.status(ByteBuffer.wrap(message)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> GrpcHealthMessages.status(ByteBuffer.wrap(new byte[3])))
                .isInstanceOf(IOException.class);
    }

    private String address() {
        return "127.0.0.1:" + server.getPort();
    }

    private void define(CheckBuilder check) {
        test.define(check.fall(1).interval(Duration.ofMillis(20)).timeout(Duration.ofMillis(1500)));
    }
}
