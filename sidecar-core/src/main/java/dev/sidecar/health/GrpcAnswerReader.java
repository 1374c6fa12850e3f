package dev.sidecar.health;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gathers the frames of one answer. */
final class GrpcAnswerReader extends SimpleChannelInboundHandler<Http2StreamFrame> {

    private static final int LONGEST_MESSAGE = 4096;
    private static final int UNKNOWN = 2;

    private final CompletableFuture<GrpcAnswer> answer;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int httpStatus;

    GrpcAnswerReader(CompletableFuture<GrpcAnswer> answer) {
        this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) throws IOException {
        if (frame instanceof Http2HeadersFrame headers) {
            if (headers.headers().status() != null) {
                httpStatus = number(headers.headers().status(), 0);
            }
            if (headers.isEndStream()) {
                end(headers.headers());
            }
        } else if (frame instanceof Http2DataFrame data) {
            keep(data.content());
            if (data.isEndStream()) {
                answer.complete(new GrpcAnswer(httpStatus, UNKNOWN, "no status", message.toByteArray()));
            }
        } else if (frame instanceof Http2ResetFrame reset) {
            throw new IOException("the call was reset with error code " + reset.errorCode());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        answer.completeExceptionally(failure);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        answer.completeExceptionally(new IOException("the call ended without an answer"));
    }

    private void keep(ByteBuf content) throws IOException {
        if (message.size() + content.readableBytes() > LONGEST_MESSAGE) {
            throw new IOException("the answer is longer than " + LONGEST_MESSAGE + " bytes");
        }
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        message.writeBytes(bytes);
    }

    private void end(Http2Headers trailers) {
        CharSequence detail = trailers.get("grpc-message");
        int grpcStatus = number(trailers.get("grpc-status"), UNKNOWN);
        answer.complete(
                new GrpcAnswer(httpStatus, grpcStatus, detail == null ? "" : detail.toString(), message.toByteArray()));
    }

    private static int number(@Nullable CharSequence text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text.toString());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
