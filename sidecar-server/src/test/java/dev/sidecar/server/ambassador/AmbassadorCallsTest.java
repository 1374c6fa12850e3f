package dev.sidecar.server.ambassador;

import dev.sidecar.resilience.ResilienceOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.testing.RunningServer;
import dev.sidecar.tck.DeliveredBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Calls through the ambassador's port, by a route for each service, keep the promises that calls of the library keep. */
@DeliveredBy("ambassador")
class AmbassadorCallsTest implements ServedCalls {

    private static final Map<String, String> PORT = Map.of("sidecar.ambassador.port", "0");

    @TempDir
    static Path home;

    private static RunningServer server;
    private final Map<String, String> configuration = new LinkedHashMap<>(PORT);

    @BeforeAll
    static void start() {
        server = ServedCalls.start(home, PORT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public RunningServer server() {
        return server;
    }

    @Override
    public SidecarHome home() {
        return new SidecarHome(home);
    }

    @Override
    public HttpRequest.Builder request(String service, String path) {
        if (configuration.put("sidecar.ambassador.routes." + service + ".service", service) == null) {
            hold();
        }
        return HttpRequest.newBuilder(URI.create(server.bean(Ambassador.class).url() + "/" + service + path));
    }

    /** As when the file of a running sidecar changes: other routes keep what is known of their instances. */
    private void hold() {
        AmbassadorProperties properties = new Binder(new MapConfigurationPropertySource(configuration))
                .bindOrCreate("sidecar.ambassador", AmbassadorProperties.class);
        try {
            server.bean(RouteTable.class).hold(properties, server.bean(ResilienceOptions.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
