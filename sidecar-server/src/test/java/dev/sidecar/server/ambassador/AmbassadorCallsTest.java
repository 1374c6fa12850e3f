package dev.sidecar.server.ambassador;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.LocalSidecar;
import dev.sidecar.Sidecar;
import dev.sidecar.logging.LogQuery;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.testing.RunningServer;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.resilience.CallsContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Calls through the ambassador's port, by a route for each service, keep the promises that calls of the library keep. */
@DeliveredBy("ambassador")
class AmbassadorCallsTest implements CallsContract {

    @TempDir
    static Path home;

    private static RunningServer server;
    private static final Map<String, String> ROUTES = new LinkedHashMap<>(Map.of("sidecar.ambassador.port", "0"));

    @BeforeAll
    static void start() {
        Map<String, String> properties = new LinkedHashMap<>(POLICY);
        properties.put("sidecar.ambassador.port", "0");
        server = RunningServer.start(
                home,
                properties.entrySet().stream()
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
        route(service);
        URI uri = URI.create(server.bean(Ambassador.class).url() + "/" + service + path);
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(uri)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("tea") : BodyPublishers.noBody()));
        return new Outcome(
                answer.statusCode(),
                answer.headers().firstValue("Sidecar-Reason").orElse(null),
                answer.headers().firstValue("Retry-After").orElse(null),
                answer.body());
    }

    /** Others keep what is known of them, as when a file of a running sidecar changes. */
    private static void route(String service) {
        if (ROUTES.put("sidecar.ambassador.routes." + service + ".service", service) != null) {
            return;
        }
        AmbassadorProperties properties = new Binder(new MapConfigurationPropertySource(ROUTES))
                .bindOrCreate("sidecar.ambassador", AmbassadorProperties.class);
        try {
            server.bean(RouteTable.class).hold(properties, server.bean(ResilienceOptions.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
