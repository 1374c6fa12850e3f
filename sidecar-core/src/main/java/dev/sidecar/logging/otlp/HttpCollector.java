package dev.sidecar.logging.otlp;

import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Over TCP, with TLS or without, by the JDK's client; HTTP/1.1, no redirects. */
final class HttpCollector implements Collector {

    private final HttpRequest.Builder template;
    private final Duration timeout;
    private final ExecutorService threads;
    private final HttpClient client;

    HttpCollector(OtlpEndpoint endpoint, Map<String, String> headers, Duration timeout) {
        this.timeout = timeout;
        template = HttpRequest.newBuilder(endpoint.url());
        template.setHeader("User-Agent", USER_AGENT);
        headers.forEach(template::setHeader);
        template.setHeader("Content-Type", "application/x-protobuf").setHeader("Content-Encoding", "gzip");
        threads = Threads.onDemand("otlp", 4, Duration.ofSeconds(10));
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
    }

    @Override
    public Answer post(byte[] gzip) throws IOException, InterruptedException {
        HttpRequest request = template.copy()
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip))
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new BoundedBody(Answer.MAX_BODY));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
            return new Answer(response.statusCode(), retryAfter, response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("did not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new IOException("cannot be reached: " + said, cause);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
