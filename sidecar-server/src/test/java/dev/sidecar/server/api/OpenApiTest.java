package dev.sidecar.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.ambassador.InvokeServlet;
import dev.sidecar.server.testing.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

    private static final Set<String> TAGS = Set.of(
            "sidecar",
            "logging",
            "discovery",
            "health",
            "config",
            "watchdog",
            "resilience",
            "environment",
            "monitor",
            "edge");

    private static RunningServer server;
    private static JsonNode document;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home);
        HttpResponse<String> response = server.send(server.api("/v1/openapi.json"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        document = RunningServer.json(response);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hasEveryMappingAndNothingElse() {
        Set<String> mapped = new TreeSet<>();
        server
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(OpenApiTest::operations)
                .filter(operation -> operation.contains(" /v1") || operation.contains(" /hosts"))
                .forEach(mapped::add);
        // The one servlet beside Spring's.
        Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .map(method -> method + " " + InvokeServlet.MAPPING.replace("*", "{service}/{path}"))
                .forEach(mapped::add);

        Set<String> documented = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .propertyNames()
                .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(documented).isEqualTo(mapped).isNotEmpty();
    }

    @Test
    void saysOfEachOperationWhatItIsAndHowItAnswers() {
        Set<String> ids = new TreeSet<>();
        forEachOperation((name, operation) -> {
            assertThat(operation.get("tags")).as(name).hasSize(1).allMatch(tag -> TAGS.contains(tag.asString()));
            assertThat(operation.get("summary").asString()).as(name).isNotBlank();
            assertThat(ids.add(operation.get("operationId").asString()))
                    .as(name)
                    .isTrue();
            JsonNode responses = operation.get("responses");
            assertThat(responses.propertyNames()).as(name).anyMatch(status -> status.startsWith("2"));
            assertThat(responses.at("/default/$ref").asString()).as(name).isEqualTo("#/components/responses/Problem");
        });
        assertThat(document.at("/components/responses/Problem/content").propertyNames())
                .containsExactly("application/problem+json");
    }

    @Test
    void declaresEveryVariableOfAPath() {
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<String> declared = new TreeSet<>();
                    for (JsonNode parameter : operation.getValue().path("parameters")) {
                        if (parameter.get("in").asString().equals("path")) {
                            declared.add("{" + parameter.get("name").asString() + "}");
                        }
                    }
                    Set<String> variables = new TreeSet<>();
                    Stream.of(path.getKey().split("/"))
                            .filter(part -> part.startsWith("{"))
                            .forEach(variables::add);
                    assertThat(declared).as(path.getKey()).isEqualTo(variables);
                }));
    }

    @Test
    void refersOnlyToWhatItHas() {
        document.findValues("$ref").forEach(reference -> assertThat(
                        document.at(reference.asString().substring(1)).isMissingNode())
                .as(reference.asString())
                .isFalse());
        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
    }

    @Test
    void saysWhichOperationsNeedNoToken() {
        Set<String> open = new TreeSet<>();
        forEachOperation((name, operation) -> {
            if (operation.path("security").isArray()
                    && operation.get("security").isEmpty()) {
                open.add(name);
            }
        });

        assertThat(open).containsExactly("get /v1/health/live", "get /v1/health/ready");
    }

    private interface OperationCheck {
        void check(String name, JsonNode operation);
    }

    private static void forEachOperation(OperationCheck check) {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue()
                    .properties()
                    .forEach(method -> check.check(method.getKey() + " " + path.getKey(), method.getValue()));
        }
    }

    private static Stream<String> operations(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream().flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                .map(method -> method + " " + path));
    }
}
