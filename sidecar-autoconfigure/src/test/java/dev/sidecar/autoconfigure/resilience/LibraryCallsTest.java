package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.resilience.CallsContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** Calls by the RestClient of a Spring application, in library delivery. */
@DeliveredBy("library")
class LibraryCallsTest implements CallsContract {

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext context;
    private static RestClient client;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SidecarAutoConfiguration.class,
        ResilienceAutoConfiguration.class,
        RestClientAutoConfiguration.class
    })
    static class App {}

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new TreeMap<>(POLICY);
        properties.put("sidecar.home", home.toString());
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
        client = context.getBean(RestClient.Builder.class).build();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Override
    public Sidecar sidecar() {
        return context.getBean(Sidecar.class);
    }

    @Override
    public SidecarHome home() {
        return new SidecarHome(home);
    }

    @Override
    public Outcome send(String method, String service, String path) {
        RestClient.RequestBodySpec request =
                client.method(HttpMethod.valueOf(method)).uri(URI.create("http://" + service + path));
        if (method.equals("POST")) {
            request.contentType(MediaType.TEXT_PLAIN).body("tea");
        }
        return request.exchange((sent, answer) -> new Outcome(
                answer.getStatusCode().value(),
                answer.getHeaders().getFirst("Sidecar-Reason"),
                answer.getHeaders().getFirst("Retry-After"),
                new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8)));
    }
}
