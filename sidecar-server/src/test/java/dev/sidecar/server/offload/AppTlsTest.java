package dev.sidecar.server.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsServer;
import dev.sidecar.LifecycleState;
import dev.sidecar.server.lifecycle.PairLifecycle;
import dev.sidecar.server.testing.GrpcText;
import dev.sidecar.server.testing.Pki;
import dev.sidecar.server.testing.Pki.Issued;
import dev.sidecar.server.testing.RunningServer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS between the offload proxy and its application, which is verified like anybody else. */
class AppTlsTest {

    private static final MethodDescriptor<String, String> DOWN =
            GrpcText.method("echo.Echo/Down", MethodDescriptor.MethodType.SERVER_STREAMING);

    @TempDir
    Path directory;

    private Pki pki;
    private Issued shown;
    private final List<AutoCloseable> open = new ArrayList<>();
    private RunningServer server;

    @BeforeEach
    void issue() {
        pki = new Pki(directory, "ours");
        shown = pki.issue("app", "ec", "DNS:app.example,IP:127.0.0.1");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private String app(Issued certificate, boolean wantsCertificate) throws IOException {
        HttpsServer app = pki.serve(certificate, wantsCertificate);
        open.add(() -> app.stop(0));
        return "https://127.0.0.1:" + app.getAddress().getPort();
    }

    private void start(String app, String... more) {
        List<String> properties = new ArrayList<>(List.of("sidecar.offload.port=0", "sidecar.offload.app=" + app));
        properties.addAll(List.of(more));
        server = RunningServer.start(directory.resolve("home"), properties.toArray(String[]::new));
        server.bean(PairLifecycle.class).moveTo(LifecycleState.READY, "the test says so");
    }

    private String get() {
        RawAnswer answer = RawAnswer.to(URI.create(server.bean(Offload.class).url()), "GET", "/");
        return answer.status() + " " + answer.field("Sidecar-Reason");
    }

    @Test
    void theApplicationMustProveWhoItIs() throws IOException {
        start(app(shown, false));

        assertThat(get()).isEqualTo("502 upstream-tls-error");
    }

    @Test
    void isTrustedByItsAuthorityAndNameAndTheFileIsFollowed() throws IOException {
        Path ca = Files.copy(new Pki(directory, "strangers").ca(), directory.resolve("ca.pem"));
        start(app(shown, false), "sidecar.offload.app-tls.ca=" + ca);
        assertThat(get()).isEqualTo("502 upstream-tls-error");

        Files.copy(pki.ca(), ca, StandardCopyOption.REPLACE_EXISTING);

        await().atMost(Duration.ofSeconds(10)).until(() -> get().equals("204 "));
    }

    @Test
    void itsCertificateMayBeForAnotherNameThatIsGiven() throws IOException {
        Issued named = pki.issue("named", "ec", "DNS:named.example");
        start(
                app(named, false),
                "sidecar.offload.app-tls.ca=" + pki.ca(),
                "sidecar.offload.app-tls.server-name=named.example");
        assertThat(get()).isEqualTo("204 ");
    }

    @Test
    void showsItsOwnCertificateToAnApplicationThatWantsOne() throws IOException {
        Issued own = pki.issue("proxy", "rsa:2048", "DNS:proxy.example");
        start(
                app(shown, true),
                "sidecar.offload.app-tls.ca=" + pki.ca(),
                "sidecar.offload.app-tls.certificate=" + own.certificate(),
                "sidecar.offload.app-tls.key=" + own.key());
        assertThat(get()).isEqualTo("204 ");
    }

    @Test
    void whatCannotBeMeantIsSaid() {
        assertThatThrownBy(() -> start("http://127.0.0.1:1", "sidecar.offload.app-tls.ca=" + pki.ca()))
                .hasStackTraceContaining("app-tls is for an application whose URL begins with https");
        assertThatThrownBy(() -> start("https://127.0.0.1:1", "sidecar.offload.app-tls.ca=" + directory.resolve("no")))
                .hasStackTraceContaining("sidecar.offload.app-tls: " + directory.resolve("no") + " is not there");
        assertThatThrownBy(() -> start("ftp://127.0.0.1:1")).hasStackTraceContaining("is not a URL such as");
    }

    @Test
    void grpcPassesWithTlsOnBothSides() throws Exception {
        Server grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(
                                        shown.certificate().toFile(),
                                        shown.key().toFile()),
                                SslProvider.JDK)
                        .build())
                .addService(ServerServiceDefinition.builder("echo.Echo")
                        .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(AppTlsTest::count))
                        .build())
                .build()
                .start();
        open.add(grpc::shutdownNow);
        start(
                "https://127.0.0.1:" + grpc.getPort(),
                "sidecar.offload.app-tls.ca=" + pki.ca(),
                "sidecar.offload.app-http2=true",
                "sidecar.offload.tls.certificate=" + shown.certificate(),
                "sidecar.offload.tls.key=" + shown.key());
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1",
                        URI.create(server.bean(Offload.class).url()).getPort())
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forClient()
                                        .trustManager(pki.ca().toFile()),
                                SslProvider.JDK)
                        .build())
                .build();
        open.add(channel::shutdownNow);

        List<String> heard = new ArrayList<>();
        assertThatThrownBy(() -> down(channel, "5").forEach(heard::add)).hasMessageContaining("OUT_OF_RANGE: enough");
        assertThat(heard).containsExactly("0", "1", "2", "3", "4");
    }

    private static Iterable<String> down(Channel channel, String count) {
        return () -> ClientCalls.blockingServerStreamingCall(
                channel, DOWN, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), count);
    }

    private static void count(String to, StreamObserver<String> answer) {
        for (int i = 0; i < Integer.parseInt(to); i++) {
            answer.onNext(String.valueOf(i));
        }
        answer.onError(Status.OUT_OF_RANGE.withDescription("enough").asRuntimeException());
    }
}
