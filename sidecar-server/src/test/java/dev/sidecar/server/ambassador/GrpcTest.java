package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.server.testing.GrpcText;
import dev.sidecar.server.testing.RunningServer;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real gRPC client calls a real gRPC server through the ambassador. */
class GrpcTest {

    private static final Metadata.Key<String> DETAIL = Metadata.Key.of("x-detail", Metadata.ASCII_STRING_MARSHALLER);

    private static final MethodDescriptor<String, String> UNARY =
            GrpcText.method("echo.Echo/Say", MethodDescriptor.MethodType.UNARY);
    private static final MethodDescriptor<String, String> DOWN =
            GrpcText.method("echo.Echo/Down", MethodDescriptor.MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> UP =
            GrpcText.method("echo.Echo/Up", MethodDescriptor.MethodType.CLIENT_STREAMING);
    private static final MethodDescriptor<String, String> BOTH =
            GrpcText.method("echo.Echo/Both", MethodDescriptor.MethodType.BIDI_STREAMING);

    private static final AtomicInteger cancelled = new AtomicInteger();
    private static Server grpc;
    private static RunningServer sidecar;
    private static ManagedChannel channel;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("echo.Echo")
                        .addMethod(UNARY, ServerCalls.asyncUnaryCall(GrpcTest::say))
                        .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(GrpcTest::down))
                        .addMethod(UP, ServerCalls.asyncClientStreamingCall(GrpcTest::up))
                        .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(GrpcTest::both))
                        .build())
                .build()
                .start();
        sidecar = RunningServer.start(
                home,
                "sidecar.ambassador.port=0",
                "sidecar.ambassador.routes.echo.urls=http://127.0.0.1:" + grpc.getPort(),
                "sidecar.ambassador.routes.echo.prefix=/echo.Echo",
                "sidecar.ambassador.routes.echo.strip-prefix=false",
                "sidecar.ambassador.routes.echo.http2=true");
        URI ambassador = URI.create(sidecar.bean(Ambassador.class).url());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", ambassador.getPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        sidecar.close();
        grpc.shutdownNow();
    }

    private static void say(String text, StreamObserver<String> answer) {
        if (text.equals("fail")) {
            Metadata trailers = new Metadata();
            trailers.put(DETAIL, "why not");
            answer.onError(Status.FAILED_PRECONDITION.withDescription("no tea").asRuntimeException(trailers));
        } else if (text.equals("late")) {
            ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(cancelled::incrementAndGet);
        } else {
            answer.onNext(text);
            answer.onCompleted();
        }
    }

    private static void down(String text, StreamObserver<String> answer) {
        for (int i = 0; i < 500; i++) {
            answer.onNext(text + i);
        }
        if (text.equals("broken")) {
            answer.onError(Status.DATA_LOSS.withDescription("half way").asRuntimeException());
        } else {
            answer.onCompleted();
        }
    }

    private static StreamObserver<String> up(StreamObserver<String> answer) {
        return new StreamObserver<>() {
            private int length;

            @Override
            public void onNext(String text) {
                length += text.length();
            }

            @Override
            public void onError(Throwable failure) {
                cancelled.incrementAndGet();
            }

            @Override
            public void onCompleted() {
                answer.onNext(String.valueOf(length));
                answer.onCompleted();
            }
        };
    }

    private static StreamObserver<String> both(StreamObserver<String> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String text) {
                answer.onNext("echo " + text);
                if (text.equals("enough")) {
                    answer.onError(Status.OUT_OF_RANGE.asRuntimeException());
                }
            }

            @Override
            public void onError(Throwable failure) {
                cancelled.incrementAndGet();
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static String say(String text) {
        return ClientCalls.blockingUnaryCall(channel, UNARY, options(), text);
    }

    /** What was heard, and in the end the status. */
    private static StreamObserver<String> into(BlockingQueue<String> heard) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String text) {
                heard.add(text);
            }

            @Override
            public void onError(Throwable failure) {
                heard.add(Status.fromThrowable(failure).getCode().name());
            }

            @Override
            public void onCompleted() {
                heard.add("OK");
            }
        };
    }

    @Test
    void unaryCallIsAnswered() {
        assertThat(say("tea")).isEqualTo("tea");
        assertThat(say("x".repeat(3_000_000))).hasSize(3_000_000);
        for (int i = 0; i < 100; i++) {
            assertThat(say("n" + i)).isEqualTo("n" + i);
        }
    }

    @Test
    void errorStatusAndMetadataComeInTrailers() {
        assertThatThrownBy(() -> say("fail")).isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(failure.getStatus().getDescription()).isEqualTo("no tea");
            assertThat(failure.getTrailers()).isNotNull();
            assertThat(failure.getTrailers().get(DETAIL)).isEqualTo("why not");
        });
    }

    @Test
    void serverStreamsAndMayFailHalfWay() {
        Iterator<String> all = ClientCalls.blockingServerStreamingCall(channel, DOWN, options(), "n");
        List<String> heard = new ArrayList<>();
        all.forEachRemaining(heard::add);
        assertThat(heard).hasSize(500).startsWith("n0").endsWith("n499");

        Iterator<String> broken = ClientCalls.blockingServerStreamingCall(channel, DOWN, options(), "broken");
        List<String> part = new ArrayList<>();
        assertThatThrownBy(() -> broken.forEachRemaining(part::add)).hasMessageContaining("DATA_LOSS: half way");
        assertThat(part).hasSize(500);
    }

    @Test
    void clientStreams() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> up = ClientCalls.asyncClientStreamingCall(channel.newCall(UP, options()), into(heard));
        for (int i = 0; i < 300; i++) {
            up.onNext("x".repeat(1000));
        }
        up.onCompleted();
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("300000");
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("OK");
    }

    @Test
    void bothStreamAtTheSameTimeAndTheServerMayEndFirst() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> both = ClientCalls.asyncBidiStreamingCall(channel.newCall(BOTH, options()), into(heard));
        for (int i = 0; i < 20; i++) {
            both.onNext("n" + i);
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("echo n" + i);
        }
        both.onNext("enough");
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("echo enough");
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("OUT_OF_RANGE");
        assertThat(say("still there")).isEqualTo("still there");
    }

    @Test
    void deadlineEndsTheCallOnBothSides() {
        int before = cancelled.get();
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        channel, UNARY, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS), "late"))
                .hasMessageContaining("DEADLINE_EXCEEDED");
        await().untilAsserted(() -> assertThat(cancelled.get()).isGreaterThan(before));
    }

    @Test
    void absentServerIsUnavailable() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        ClientInterceptors.intercept(
                                channel, MetadataUtils.newAttachHeadersInterceptor(new Metadata())),
                        GrpcText.method("other.Service/Nobody", MethodDescriptor.MethodType.UNARY),
                        options(),
                        "x"))
                .hasMessageContaining("UNIMPLEMENTED");
    }
}
