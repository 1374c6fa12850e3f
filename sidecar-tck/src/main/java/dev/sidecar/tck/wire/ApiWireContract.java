package dev.sidecar.tck.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Setup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What holds for every path of the v1 API. */
public interface ApiWireContract extends WireContract {

    @Test
    @Clause("SIDE-01")
    default void saysWhoseItIs() {
        JsonNode info = http().get("/v1").expect(200).json();

        assertThat(info.path("name").asString()).isEqualTo(Setup.NAME);
        assertThat(info.path("instance").asString()).isEqualTo(Setup.INSTANCE);
        assertThat(info.path("version").asString()).isNotBlank();
        assertThat(info.path("state").asString()).isEqualTo("ready");
        assertThat(info.path("delivery").asString()).isEqualTo("sidecar");
        assertThat(info.path("links").isObject()).isTrue();
    }

    @Test
    @Clause("SIDE-02")
    default void saysWhichFeaturesAreOn() {
        JsonNode features = http().get("/v1").expect(200).json().path("features");

        for (String feature : List.of("logging", "discovery", "health", "watchdog")) {
            assertThat(features.path(feature).asBoolean()).as(feature).isTrue();
        }
    }

    @Test
    @Clause("SIDE-05")
    default void tellsWhatItsEnginesMeasure() {
        JsonNode meters = http().get("/v1/meters").expect(200).json().path("meters");

        assertThat(meters.valueStream()).anySatisfy(meter -> {
            assertThat(meter.path("name").asString()).isEqualTo("sidecar.health.status");
            assertThat(meter.path("type").asString()).isEqualTo("gauge");
            assertThat(meter.path("tags").path("group").asString()).isEqualTo("live");
            assertThat(meter.path("value").isNumber()).isTrue();
        });
        assertThat(meters.valueStream())
                .allSatisfy(meter -> assertThat(meter.path("name").asString())
                        .as("of the engines, not of the process")
                        .doesNotStartWith("jvm.")
                        .doesNotStartWith("tomcat."));
    }

    @Test
    @Clause("SIDE-10")
    default void asksForItsToken() {
        assumeTrue(guarded(), "the Unix socket asks for no token");
        Answer wrong = http().with("Authorization", "Bearer wrong").get("/v1").expectProblem(401, "token-wrong");
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
        for (String none : List.of("Bearer ", "Basic dXNlcjpwYXNz", "wrong")) {
            http().with("Authorization", none).get("/v1").expect(401);
        }
        Answer none = http().with("Authorization", null).get("/v1/services").expectProblem(401, "token-required");
        assertThat(none.detail()).contains("Authorization", "/");
    }

    @Test
    @Clause("SIDE-11")
    default void letsTheOwnerOfTheSocketInWithoutAToken() {
        assumeTrue(!guarded(), "TCP asks for a token");
        http().get("/v1").expect(200);
        http().with("Authorization", "Bearer wrong").get("/v1").expect(200);
    }

    @Test
    @Clause("SIDE-12")
    default void refusesAHostThatIsNotItsOwn() {
        assumeTrue(guarded(), "a Unix socket cannot be reached by a name");
        assertThat(http().with("Host", "evil.example")
                        .get("/v1")
                        .expectProblem(403, "host-not-allowed")
                        .detail())
                .contains("evil.example");
        http().with("Host", "localhost").get("/v1").expect(200);
        http().with("Host", "[::1]:7300").get("/v1").expect(200);
    }

    @Test
    @Clause("SIDE-13")
    default void anUnknownPathIsAProblem() {
        http().get("/v1/nothing-here").expectProblem(404, "not-found");
        http().get("/nothing-here").expectProblem(404, "not-found");
    }

    @Test
    @Clause("SIDE-14")
    default void aWrongMethodIsAProblemThatNamesTheRightOnes() {
        Answer answer = http().send("DELETE", "/v1/services", null).expectProblem(405, "method-not-allowed");

        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    @Clause("SIDE-15")
    default void aWrongTypeOfBodyIsAProblem() {
        Answer answer = http().with("Content-Type", "text/plain")
                .send("PUT", "/v1/health/maintenance", "true".getBytes(StandardCharsets.UTF_8));

        answer.expectProblem(415, "unsupported-media-type");
    }

    @Test
    @Clause("SIDE-16")
    default void refusesFieldsItDoesNotKnowAndNamesThem() {
        String path = "/v1/services/orders/instances/one";

        assertThat(http().put(path, "{\"address\":\"127.0.0.1\",\"port\":80,\"prot\":81}")
                        .expectProblem(400, "unknown-field")
                        .detail())
                .contains("prot");
        assertThat(http().put("/v1/health/maintenance", "{\"enable\":true}")
                        .expectProblem(400, "unknown-field")
                        .detail())
                .contains("enable");
    }

    @Test
    @Clause("SIDE-17")
    default void refusesWrongTypesAndNamesTheField() {
        assertThat(http().put("/v1/services/orders/instances/one", "{\"address\":\"127.0.0.1\",\"port\":\"many\"}")
                        .expect(400)
                        .detail())
                .contains("port");
        assertThat(http().put("/v1/health/maintenance", "{\"enabled\":\"perhaps\"}")
                        .expect(400)
                        .detail())
                .contains("enabled");
    }

    @Test
    @Clause("SIDE-18")
    default void refusesWhatIsNotJson() {
        for (String bad : List.of("", "{", "nonsense", "[]", "\"text\"", "null")) {
            Answer answer = http().put("/v1/health/maintenance", bad).expect(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @Test
    @Clause("SIDE-19")
    default void aBodyThatIsTooLargeIsRefusedByTheNameOfItsLimit() {
        Answer answer = http().put(
                        "/v1/health/maintenance", "{\"enabled\":true,\"reason\":\"" + "x".repeat(20 << 20) + "\"}")
                .expect(413);

        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.detail()).contains("sidecar.");
    }

    @Test
    @Clause("SIDE-20")
    default void aHeaderThatIsTooLargeIsRefused() {
        Answer answer = http().with("X-Large", "x".repeat(64 << 10)).get("/v1");

        assertThat(answer.status()).isIn(400, 431);
    }

    @Test
    @Clause("SIDE-21")
    default void survivesWhatIsNotHttp() throws IOException {
        for (String rubbish : List.of("\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n", "GET /v1 HTTP/9.9\r\n\r\n")) {
            try (RawHttp.Stream stream = http().open(rubbish.getBytes(StandardCharsets.ISO_8859_1))) {
                String line = stream.line();
                assertThat(line == null || line.matches("HTTP/1\\.1 (400|505).*"))
                        .as("%s answered to %s", line, rubbish)
                        .isTrue();
            }
        }
        http().get("/v1").expect(200);
    }

    @Test
    @Clause("SIDE-22")
    default void describesItselfInOpenApi() {
        JsonNode api = http().get("/v1/openapi.json").expect(200).json();

        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.path("paths").propertyNames())
                .contains("/v1", "/v1/logs", "/v1/services", "/v1/services/{service}", "/v1/health");
    }
}
