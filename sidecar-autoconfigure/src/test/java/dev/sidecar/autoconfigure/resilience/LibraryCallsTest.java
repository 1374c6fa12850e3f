package dev.sidecar.autoconfigure.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sidecar.Sidecar;
import dev.sidecar.autoconfigure.SidecarAutoConfiguration;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.resilience.CallsContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
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
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

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
        LOGGED.start();
        calls().addAppender(LOGGED);
    }

    private static Logger calls() {
        return (Logger) LoggerFactory.getLogger("dev.sidecar.resilience.calls");
    }

    @AfterAll
    static void stop() {
        calls().detachAppender(LOGGED);
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
    public Recorded record(String service) {
        List<Map<String, Object>> all = new ArrayList<>();
        List<String> levels = new ArrayList<>();
        for (ILoggingEvent event : List.copyOf(LOGGED.list)) {
            Map<String, Object> attributes = new TreeMap<>();
            event.getKeyValuePairs().forEach(pair -> attributes.put(pair.key, pair.value));
            if (service.equals(attributes.get("sidecar.route"))) {
                all.add(attributes);
                levels.add(event.getLevel().toString());
            }
        }
        assertThat(all).hasSize(1);
        return new Recorded(levels.get(0), all.get(0));
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
