package dev.sidecar.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gets a URL; redirects are not followed, for a redirect is an answer too. */
record HttpProbe(HttpRequest request, @Nullable Integer expectedStatus, Supplier<HttpClient> client) implements Probe {

    private static final String URL_FORM = "an http or https URL such as http://127.0.0.1:3000/health";

    /**
     * @param client asked for at the first run
     */
    static HttpProbe of(CheckDefinition definition, Duration timeout, Supplier<HttpClient> client) {
        Integer expected = definition.expectedStatus();
        if (expected != null && (expected < 200 || expected > 599)) {
            throw CheckRules.refused(definition, "expectedStatus", expected, "a number from 200 to 599");
        }
        URI url = url(definition);
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(timeout);
        if (url.getUserInfo() != null) {
            byte[] user = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
            request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        Map<String, String> headers = definition.headers() == null ? Map.of() : definition.headers();
        headers.forEach((name, value) -> header(definition, request, name, value));
        return new HttpProbe(request.build(), expected, client);
    }

    @Override
    public ProbeResult run() throws InterruptedException {
        CompletableFuture<HttpResponse<String>> exchange =
                client.get().sendAsync(request, response -> new BodyHead(Output.LIMIT));
        try {
            return judge(exchange.get());
        } catch (ExecutionException e) {
            return ProbeResult.fail(shown() + ": " + Output.of(e.getCause() == null ? e : e.getCause()));
        } finally {
            exchange.cancel(true);
        }
    }

    private ProbeResult judge(HttpResponse<String> response) {
        int status = response.statusCode();
        boolean pass = expectedStatus == null ? status >= 200 && status < 400 : status == expectedStatus;
        String answer = shown() + " answered " + status;
        if (pass) {
            return ProbeResult.pass(answer);
        }
        String wanted = expectedStatus == null ? "2xx or 3xx" : expectedStatus.toString();
        String body = response.body().isBlank() ? "" : "\n" + response.body();
        return ProbeResult.fail(answer + ", not " + wanted + body);
    }

    /** Without user info and query, which may be secrets. */
    private String shown() {
        URI url = request.uri();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }

    private static URI url(CheckDefinition definition) {
        String text = definition.url();
        if (text == null) {
            throw CheckRules.refused(definition, "url", null, URL_FORM);
        }
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65535) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what would have been right.
        }
        throw CheckRules.refused(definition, "url", withoutUser(text), URL_FORM);
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…");
    }

    private static void header(
            CheckDefinition definition, HttpRequest.Builder request, @Nullable String name, @Nullable String value) {
        try {
            request.setHeader(String.valueOf(name), String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw CheckRules.refused(
                    definition,
                    "headers",
                    name,
                    "a header that a request may set (not Host, Connection, Content-Length, Expect or Upgrade), of"
                            + " printable characters");
        }
    }
}
