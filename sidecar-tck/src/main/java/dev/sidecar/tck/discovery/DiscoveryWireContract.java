package dev.sidecar.tck.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.RawHttp;
import dev.sidecar.tck.wire.WireContract;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Discovery in plain HTTP. */
public interface DiscoveryWireContract extends WireContract {

    @Test
    @Clause("DIS-01")
    default void listsAnInstanceAsItWasRegistered() {
        String service = Fresh.name("orders");

        Answer put = http().put(
                        at(service, "one"),
                        """
                        {"address":"10.1.2.3","port":8443,"secure":true,"metadata":{"zone":"a"},"ttl":"30s"}""");

        assertThat(put.status()).as(put.body()).isIn(200, 201);
        JsonNode list = http().get("/v1/services/" + service).expect(200).json();
        assertThat(list.path("service").asString()).isEqualTo(service);
        assertThat(list.path("index").isIntegralNumber()).isTrue();
        JsonNode one = list.path("instances").path(0);
        assertThat(one.path("instance").asString()).isEqualTo("one");
        assertThat(one.path("address").asString()).isEqualTo("10.1.2.3");
        assertThat(one.path("port").asInt()).isEqualTo(8443);
        assertThat(one.path("secure").asBoolean()).isTrue();
        assertThat(one.path("metadata").path("zone").asString()).isEqualTo("a");
        assertThat(one.path("ttl").asString()).isEqualTo("30s");
        assertThat(one.path("healthy").asBoolean()).isTrue();
        Instant registered = Instant.parse(one.path("registeredAt").asString());
        assertThat(Instant.parse(one.path("expiresAt").asString())).isAfter(registered);
    }

    @Test
    @Clause("DIS-02")
    default void anUnknownServiceHasAnEmptyList() {
        Answer answer = http().get("/v1/services/" + Fresh.name("nobody")).expect(200);

        assertThat(answer.json().path("instances").isArray()).isTrue();
        assertThat(answer.json().path("instances").size()).isZero();
    }

    @Test
    @Clause("DIS-03")
    default void namesOfServicesAreSorted() {
        String b = Fresh.name("b");
        String a = Fresh.name("a");
        register(b, "one");
        register(a, "one");

        JsonNode services = http().get("/v1/services").expect(200).json().path("services");

        List<String> names = services.valueStream().map(JsonNode::asString).toList();
        assertThat(names).contains(a, b).isSorted();
    }

    @Test
    @Clause("DIS-08")
    default void deregisteringTellsWhetherThereWasOne() {
        String service = Fresh.name("orders");
        register(service, "one");

        assertThat(http().delete(at(service, "one")).status()).isIn(200, 204);
        http().delete(at(service, "one")).expectProblem(404, "unknown-instance");
    }

    @Test
    @Clause("DIS-11")
    default void anUnhealthyInstanceStaysListedAndIsLeftOutOfHealthyLists() {
        String service = Fresh.name("orders");
        register(service, "well");
        http().put(at(service, "sick"), "{\"address\":\"127.0.0.1\",\"port\":80,\"healthy\":false}");

        assertThat(instances(http().get("/v1/services/" + service))).containsExactly("sick", "well");
        assertThat(instances(http().get("/v1/services/" + service + "?healthy=true")))
                .containsExactly("well");
    }

    @Test
    @Clause("DIS-12")
    default void anIndexThatIsNotCurrentIsAnsweredAtOnce() {
        String service = Fresh.name("orders");
        String old = http().get("/v1/services/" + service).header("X-Sidecar-Index");
        register(service, "one");

        Instant start = Instant.now();
        Answer answer = http().get("/v1/services/" + service + "?index=" + old + "&wait=30s");

        assertThat(instances(answer)).containsExactly("one");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @Clause("DIS-13")
    default void waitsForTheNextChange() throws IOException {
        String service = Fresh.name("orders");
        register(service, "one");
        String index = http().get("/v1/services/" + service).header("X-Sidecar-Index");

        Instant start = Instant.now();
        try (RawHttp.Stream waiting =
                http().open("GET", "/v1/services/" + service + "?index=" + index + "&wait=30s", null)) {
            register(service, "two");
            Answer answer = waiting.answer().expect(200);

            assertThat(instances(answer)).containsExactly("one", "two");
            assertThat(answer.header("X-Sidecar-Index")).isNotEqualTo(index);
            assertThat(answer.header("X-Sidecar-Index"))
                    .isEqualTo(answer.json().path("index").asString());
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @Clause("DIS-14")
    default void answersWithTheCurrentListWhenTheWaitIsOver() {
        String service = Fresh.name("orders");
        register(service, "one");
        String index = http().get("/v1/services/" + service).header("X-Sidecar-Index");
        Instant start = Instant.now();

        Answer answer = http().get("/v1/services/" + service + "?index=" + index + "&wait=500ms")
                .expect(200);

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(450));
        assertThat(answer.header("X-Sidecar-Index")).isEqualTo(index);
    }

    @Test
    @Clause("DIS-20")
    default void refusesNamesThatAreNotNames() {
        http().get("/v1/services/two%20words").expectProblem(400, "invalid-name");
        Answer put = http().put(at("orders", "-dash"), "{\"address\":\"127.0.0.1\",\"port\":80}");
        assertThat(put.expectProblem(400, "invalid-name").detail()).contains("instance", "-dash");
    }

    @Test
    @Clause("DIS-50")
    default void theRestOfARegistrationHasDefaults() {
        String service = Fresh.name("orders");

        assertThat(http().put(at(service, "one"), "{\"port\":80}").status()).isIn(200, 201);

        JsonNode one =
                http().get("/v1/services/" + service).json().path("instances").path(0);
        assertThat(one.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(one.path("secure").asBoolean()).isFalse();
        assertThat(one.path("healthy").asBoolean()).isTrue();
        assertThat(one.path("ttl").asString()).isEqualTo("15s");
    }

    @Test
    @Clause("DIS-51")
    default void refusesRegistrationsThatCannotBe() {
        String path = at(Fresh.name("orders"), "one");

        assertThat(http().put(path, "{\"address\":\"127.0.0.1\",\"port\":70000}")
                        .expectProblem(400, "invalid-registration")
                        .detail())
                .contains("port", "70000");
        assertThat(http().put(path, "{\"address\":\"two words\",\"port\":80}")
                        .expectProblem(400, "invalid-registration")
                        .detail())
                .contains("address", "two words");
        assertThat(http().put(path, "{\"address\":\"127.0.0.1\",\"port\":80,\"ttl\":\"1ms\"}")
                        .expectProblem(400, "invalid-registration")
                        .detail())
                .contains("ttl");
        assertThat(http().put(path, "{\"address\":\"127.0.0.1\"}").status()).isEqualTo(400);
    }

    @Test
    @Clause("DIS-52")
    default void refusesReadsThatCannotBe() {
        for (String query : List.of("index=x&wait=1s", "index=1&wait=soon", "healthy=perhaps")) {
            Answer answer = http().get("/v1/services/orders?" + query).expect(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.detail()).containsAnyOf("index", "wait", "healthy");
        }
    }

    @Test
    @Clause("DIS-53")
    default void aReaderThatGoesAwayHoldsNothingUp() throws IOException {
        String service = Fresh.name("orders");
        String index = http().get("/v1/services/" + service).header("X-Sidecar-Index");
        for (int i = 0; i < 20; i++) {
            http().open("GET", "/v1/services/" + service + "?index=" + index + "&wait=30s", null)
                    .close();
        }

        register(service, "one");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> instances(http().get("/v1/services/" + service)).equals(List.of("one")));
    }

    @Test
    @Clause("DIS-54")
    default void answersAsTheRetiredSpringCloudSidecarDid() {
        String service = Fresh.name("orders");
        register(service, "one");

        JsonNode hosts = http().get("/hosts/" + service).expect(200).json();

        assertThat(hosts.isArray()).isTrue();
        assertThat(hosts.path(0).path("host").asString()).isEqualTo("127.0.0.1");
        assertThat(hosts.path(0).path("port").asInt()).isEqualTo(80);
        assertThat(hosts.path(0).path("serviceId").asString()).isEqualTo(service);
    }

    private void register(String service, String instance) {
        Answer answer = http().put(at(service, instance), "{\"address\":\"127.0.0.1\",\"port\":80}");
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    private static String at(String service, String instance) {
        return "/v1/services/" + service + "/instances/" + instance;
    }

    private static List<String> instances(Answer answer) {
        return answer.expect(200)
                .json()
                .path("instances")
                .valueStream()
                .map(each -> each.path("instance").asString())
                .toList();
    }
}
