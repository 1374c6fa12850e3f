package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.testing.RunningServer;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.resilience.CallsContract;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Calls through the API of a sidecar keep the promises that calls of the library keep. */
@DeliveredBy("ambassador")
class InvokedCallsTest implements CallsContract {

    @TempDir
    static Path home;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                home,
                POLICY.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public Sidecar sidecar() {
        return server.bean(LocalSidecar.class);
    }

    @Override
    public SidecarHome home() {
        return new SidecarHome(home);
    }

    @Override
    public Recorded record(String service) {
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
    public Outcome send(String method, String service, String path) {
        HttpResponse<String> answer = server.send(server.api("/v1/invoke/" + service + path)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("tea") : BodyPublishers.noBody()));
        return new Outcome(
                answer.statusCode(),
                answer.headers().firstValue("Sidecar-Reason").orElse(null),
                answer.headers().firstValue("Retry-After").orElse(null),
                answer.body());
    }
}
