package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Attempt;
import dev.sidecar.resilience.Call;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** The upstream's answer; the call is over when it is closed. */
final class PassedResponse implements ClientHttpResponse {

    private final ClientHttpResponse response;
    private final Attempt attempt;
    private final Call call;

    PassedResponse(ClientHttpResponse response, Attempt attempt, Call call) {
        this.response = response;
        this.attempt = attempt;
        this.call = call;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return response.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
        return response.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
        return response.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
        return response.getBody();
    }

    @Override
    public void close() {
        response.close();
        attempt.end();
        call.end();
    }
}
