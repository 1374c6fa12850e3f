package dev.sidecar.autoconfigure.resilience;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** A refusal as an answer. */
final class RefusedResponse implements ClientHttpResponse {

    private final Refusal refusal;

    RefusedResponse(Refusal refusal) {
        this.refusal = refusal;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatusCode.valueOf(refusal.reason().status());
    }

    @Override
    public String getStatusText() {
        return refusal.reason().title();
    }

    @Override
    public HttpHeaders getHeaders() {
        return refusal.headers();
    }

    @Override
    public InputStream getBody() {
        return new ByteArrayInputStream(refusal.body());
    }

    @Override
    public void close() {}
}
