package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.server.testing.RunningServer;
import dev.sidecar.tck.resilience.CallsContract;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that a running server passes on, whichever way the application gives them to it. */
interface ServedCalls extends CallsContract {

    RunningServer server();

    /** Where the application sends a request for that service. */
    HttpRequest.Builder request(String service, String path);

    /** A server with the policy of the contract, and more. */
    static RunningServer start(Path home, Map<String, String> more) {
        Map<String, String> properties = new LinkedHashMap<>(POLICY);
        properties.putAll(more);
        return RunningServer.start(
                home,
                properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    @Override
    default Sidecar sidecar() {
        return server().bean(LocalSidecar.class);
    }

    @Override
    default Recorded record(String service) {
        List<LogRecord> all = await().until(
                        () -> sidecar().logs().recent(LogQuery.LATEST).stream()
                                .filter(record ->
                                        service.equals(record.attributes().get("sidecar.route")))
                                .toList(),
                        found -> !found.isEmpty());
        assertThat(all).hasSize(1);
        return new Recorded(all.get(0).severity().name(), all.get(0).attributes());
    }

    @Override
    default Outcome send(String method, String service, String path) {
        HttpResponse<String> answer = server().send(request(service, path)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("tea") : BodyPublishers.noBody()));
        return new Outcome(
                answer.statusCode(),
                answer.headers().firstValue("Sidecar-Reason").orElse(null),
                answer.headers().firstValue("Retry-After").orElse(null),
                answer.body());
    }
}
