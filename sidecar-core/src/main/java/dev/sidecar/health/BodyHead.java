package dev.sidecar.health;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps the first bytes of a body as text and reads no further than it must to use the connection again. */
final class BodyHead implements HttpResponse.BodySubscriber<String> {

    /** A longer body is cut off, which closes its connection. */
    private static final long READ_LIMIT = 64 * 1024L;

    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final ByteBuffer kept;
    private long read;
    private Flow.@Nullable Subscription body;

    BodyHead(int limit) {
        this.kept = ByteBuffer.allocate(limit);
    }

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        body = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            read += part.remaining();
            int room = Math.min(part.remaining(), kept.remaining());
            kept.put(part.slice(part.position(), room));
        }
        if (read > READ_LIMIT && body != null) {
            body.cancel();
            onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8));
    }
}
