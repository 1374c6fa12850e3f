package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Attempt;
import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.LocalResilience;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls to {@code http://service/…} under the service's policy; the others pass as they are. What counts as running is
 * a call until the head of its answer. Thread-safe.
 */
final class ResilientExchangeFilter implements ExchangeFilterFunction {

    private final LocalResilience engine;

    ResilientExchangeFilter(LocalResilience engine) {
        this.engine = engine;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        String service = ServiceUri.service(request.url());
        return service == null ? next.exchange(request) : Mono.defer(() -> exchange(service, request, next));
    }

    private Mono<ClientResponse> exchange(String service, ClientRequest request, ExchangeFunction next) {
        Call call = ServiceUri.call(engine, service, request.method(), request.url(), request.headers());
        return attempt(call, request, next)
                .doOnNext(response -> CallLog.write(
                        call,
                        request.method().name(),
                        request.url().getRawPath(),
                        response.statusCode().value()))
                .doFinally(signal -> call.end());
    }

    private Mono<ClientResponse> attempt(Call call, ClientRequest request, ExchangeFunction next) {
        Attempt attempt = call.next();
        if (attempt == null) {
            return Mono.just(refused(call));
        }
        URI uri = ServiceUri.at(attempt.instance(), request.url());
        return next.exchange(ClientRequest.from(request).url(uri).build())
                .timeout(Duration.ofNanos(Math.max(1, attempt.timeoutNanos())))
                .doOnCancel(attempt::abandon)
                .map(response -> judge(call, attempt, response, request, next))
                .onErrorResume(
                        e -> e instanceof WebClientRequestException || e instanceof TimeoutException,
                        e -> Mono.just(again(call, attempt.failed(Failures.of(e)), request, next)))
                .doFinally(signal -> attempt.end())
                .flatMap(answer -> answer);
    }

    private Mono<ClientResponse> judge(
            Call call, Attempt attempt, ClientResponse response, ClientRequest request, ExchangeFunction next) {
        String retryAfter = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        long pause = attempt.answered(response.statusCode().value(), retryAfter);
        return pause == Call.NO_RETRY
                ? Mono.just(response)
                : response.releaseBody().then(again(call, pause, request, next));
    }

    private Mono<ClientResponse> again(Call call, long pause, ClientRequest request, ExchangeFunction next) {
        return pause == Call.NO_RETRY
                ? Mono.just(refused(call))
                : Mono.delay(Duration.ofNanos(pause)).then(Mono.defer(() -> attempt(call, request, next)));
    }

    private static ClientResponse refused(Call call) {
        Refusal refusal = Refusal.of(call);
        return ClientResponse.create(HttpStatusCode.valueOf(refusal.reason().status()))
                .headers(headers -> headers.putAll(refusal.headers()))
                .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(refusal.body())))
                .build();
    }
}
