package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Attempt;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.LocalResilience;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Calls to {@code http://service/…} under the service's policy; the others pass as they are. A try runs on a thread of
 * its own, because only so its time can be kept whatever HTTP client is below. Thread-safe.
 */
final class ResilientRequestInterceptor implements ClientHttpRequestInterceptor, AutoCloseable {

    private static final int MOST_TRIES_AT_ONCE = 500;

    private final LocalResilience engine;
    private final ExecutorService tries = Threads.onDemand("call", MOST_TRIES_AT_ONCE, Duration.ofSeconds(10));

    ResilientRequestInterceptor(LocalResilience engine) {
        this.engine = engine;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        URI uri = request.getURI();
        String service = ServiceUri.service(uri);
        if (service == null) {
            return execution.execute(request, body);
        }
        Call call = ServiceUri.call(engine, service, request.getMethod(), uri, request.getHeaders());
        boolean passed = false;
        try {
            ClientHttpResponse response = exchange(call, request, body, execution);
            passed = response instanceof PassedResponse;
            CallLog.write(
                    call,
                    request.getMethod().name(),
                    uri.getRawPath(),
                    response.getStatusCode().value());
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while calling " + service, e);
        } finally {
            if (!passed) {
                call.end();
            }
        }
    }

    private ClientHttpResponse exchange(
            Call call, HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws InterruptedException, IOException {
        Attempt attempt = call.next();
        while (attempt != null) {
            URI uri = ServiceUri.at(attempt.instance(), request.getURI());
            long pause;
            try {
                ClientHttpResponse response = send(attempt, () -> execution.execute(moved(request, uri), body));
                int status = response.getStatusCode().value();
                pause = attempt.answered(status, response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER));
                if (pause == Call.NO_RETRY) {
                    return new PassedResponse(response, attempt, call);
                }
                response.close();
            } catch (ExecutionException | TimeoutException e) {
                Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
                if (!(cause instanceof IOException || cause instanceof TimeoutException)) {
                    attempt.abandon();
                    throw new IOException("calling " + call.upstream().name() + ": " + cause, cause);
                }
                pause = attempt.failed(Failures.of(cause));
            } catch (InterruptedException | RejectedExecutionException e) {
                attempt.abandon();
                throw e;
            }
            attempt.end();
            if (pause == Call.NO_RETRY) {
                break;
            }
            TimeUnit.NANOSECONDS.sleep(pause);
            attempt = call.next();
        }
        return new RefusedResponse(Refusal.of(call));
    }

    private interface Try {
        ClientHttpResponse send() throws IOException;
    }

    private ClientHttpResponse send(Attempt attempt, Try once)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, @Nullable String> context = MDC.getCopyOfContextMap();
        Handover handover = new Handover();
        Future<?> running = tries.submit(() -> {
            if (context != null) {
                MDC.setContextMap(context);
            }
            try {
                handover.give(once.send());
            } catch (Throwable e) {
                handover.fail(e);
            } finally {
                MDC.clear();
            }
        });
        try {
            return handover.take(Math.max(1, attempt.timeoutNanos()));
        } catch (TimeoutException | InterruptedException e) {
            running.cancel(true);
            throw e;
        }
    }

    private static HttpRequest moved(HttpRequest request, URI uri) {
        return new HttpRequestWrapper(request) {
            @Override
            public URI getURI() {
                return uri;
            }
        };
    }

    @Override
    public void close() {
        tries.shutdownNow();
    }
}
