package dev.sidecar.autoconfigure.resilience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.client.ClientHttpResponse;

/** An answer from one thread to another; one that comes after nobody waits any more is closed. */
final class Handover {

    private final CompletableFuture<ClientHttpResponse> answer = new CompletableFuture<>();

    void give(ClientHttpResponse response) {
        if (!answer.complete(response)) {
            response.close();
        }
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    ClientHttpResponse take(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException e) {
            if (!answer.completeExceptionally(e) && !answer.isCompletedExceptionally()) {
                answer.join().close();
            }
            throw e;
        }
    }
}
