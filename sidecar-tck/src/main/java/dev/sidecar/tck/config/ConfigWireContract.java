package dev.sidecar.tck.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.config.ConfigLimits;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.tck.Clause;
import dev.sidecar.tck.Fresh;
import dev.sidecar.tck.wire.Answer;
import dev.sidecar.tck.wire.RawHttp;
import dev.sidecar.tck.wire.WireContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Configuration in plain HTTP. */
public interface ConfigWireContract extends WireContract {

    @Test
    @Clause("CFG-01")
    default void readsWhatWasWrittenWithVersionOriginTimeAndWriter() {
        String key = Fresh.name("orders") + ".db";

        Answer put = http().put(at(key), "{\"url\":\"jdbc:x\",\"pool\":1.50}").expect(201);

        assertThat(put.header("ETag")).isEqualTo("\"1\"");
        Answer get = http().get(at(key)).expect(200);
        assertThat(get.header("ETag")).isEqualTo("\"1\"");
        assertThat(get.json()).isEqualTo(put.json());
        assertThat(get.json().path("key").asString()).isEqualTo(key);
        assertThat(get.json().path("value").toString()).isEqualTo("{\"url\":\"jdbc:x\",\"pool\":1.5}");
        assertThat(get.json().path("version").asInt()).isEqualTo(1);
        assertThat(get.json().path("origin").asString()).isEqualTo("store");
        assertThat(get.json().path("updatedAt").asString()).endsWith("Z");
        assertThat(get.json().path("who").asString()).isNotBlank();
        assertThat(http().put(at(key), "2").expect(200).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    @Clause("CFG-03")
    default void aKeyWithoutAValueIsEmpty() {
        String key = Fresh.name("nobody");

        http().get(at(key)).expectProblem(404, "unknown-key");
        http().delete(at(key)).expectProblem(404, "unknown-key");
        assertThat(http().get(at(key) + "/history")
                        .expect(200)
                        .json()
                        .path("versions")
                        .size())
                .isZero();
    }

    @Test
    @Clause("CFG-04")
    default void listsAKeyAndWhatIsBelowItInOrder() {
        String key = Fresh.name("orders");
        List.of(key + ".b", key + ".a", key + "x")
                .forEach(each -> http().put(at(each), "1").expect(201));

        JsonNode list = http().get("/v1/config?prefix=" + key).expect(200).json();

        assertThat(keys(list)).containsExactly(key + ".a", key + ".b");
        assertThat(list.path("index").isIntegralNumber()).isTrue();
        assertThat(keys(http().get("/v1/config").expect(200).json()))
                .contains(key + ".a", key + "x")
                .isSorted();
        http().get("/v1/config?prefix=a%20b").expectProblem(400, "invalid-key");
    }

    @Test
    @Clause("CFG-06")
    default void comparesAndSets() {
        String key = Fresh.name("a");
        http().put(at(key), "1").expect(201);

        http().with("If-Match", "\"1\"").put(at(key), "2").expect(200);
        Answer refused = http().with("If-Match", "\"1\"").put(at(key), "3").expectProblem(412, "version-mismatch");
        assertThat(refused.header("ETag")).isEqualTo("\"2\"");
        assertThat(refused.json().path("currentVersion").asInt()).isEqualTo(2);
        assertThat(refused.detail()).contains(key, "2");
        http().with("If-Match", "\"1\"").delete(at(key)).expectProblem(412, "version-mismatch");
        http().with("If-Match", "\"2\"").delete(at(key)).expect(204);
        http().with("If-Match", "*").put(at(key), "3").expectProblem(412, "version-mismatch");
        for (String other : List.of("W/\"2\"", "\"abc\"", "\"2-gzip\"", "\"\"")) {
            http().put(at(key), "3");
            http().with("If-Match", other).put(at(key), "4").expectProblem(412, "version-mismatch");
        }
        for (String bad : List.of("three", "\"1\", \"2\"", "\"1", "")) {
            assertThat(http().with("If-Match", bad)
                            .put(at(key), "4")
                            .expectProblem(400, "invalid-header")
                            .detail())
                    .contains("If-Match", bad);
        }
    }

    @Test
    @Clause("CFG-07")
    default void createsOnlyWhereThereIsNone() {
        String key = Fresh.name("a");

        http().with("If-None-Match", "*").put(at(key), "1").expect(201);
        Answer refused = http().with("If-None-Match", "*").put(at(key), "2").expectProblem(412, "version-mismatch");
        assertThat(refused.header("ETag")).isEqualTo("\"1\"");
        http().with("If-None-Match", "\"1\"").put(at(key), "2").expectProblem(400, "invalid-header");
        http().with("If-None-Match", "*")
                .with("If-Match", "*")
                .put(at(key), "2")
                .expectProblem(400, "invalid-header");
        assertThat(http().with("If-None-Match", "\"1\"").get(at(key)).status()).isEqualTo(304);
    }

    @Test
    @Clause("CFG-09")
    default void keepsHistoryNewestFirst() {
        String key = Fresh.name("a");
        for (String value : List.of("1", "2", "3")) {
            http().put(at(key), value);
        }

        JsonNode first = http().get(at(key) + "/history?limit=2").expect(200).json();

        assertThat(versions(first)).containsExactly(3, 2);
        assertThat(first.at("/versions/0/value").asInt()).isEqualTo(3);
        assertThat(first.at("/versions/0/who").asString()).isNotBlank();
        assertThat(first.at("/versions/0/updatedAt").asString()).endsWith("Z");
        JsonNode second = http().get(at(key) + "/history?limit=2&cursor="
                        + first.path("cursor").asString())
                .expect(200)
                .json();
        assertThat(versions(second)).containsExactly(1);
        assertThat(second.has("cursor")).isFalse();
    }

    @Test
    @Clause("CFG-10")
    default void rollsBackToAnOldVersionAsANewOne() {
        String key = Fresh.name("a");
        http().put(at(key), "1");
        http().put(at(key), "2");

        Answer back =
                http().with("If-Match", "\"2\"").post(at(key) + "/rollback", "application/json", "{\"version\":1}");

        assertThat(back.expect(200).header("ETag")).isEqualTo("\"3\"");
        assertThat(back.json().path("value").asInt()).isEqualTo(1);
        http().post(at(key) + "/rollback", "application/json", "{\"version\":9}")
                .expectProblem(404, "unknown-version");
        http().post(at(key) + "/rollback", "application/json", "{}").expectProblem(400, "missing-field");
        http().post(at(key) + "/rollback", "application/json", "{\"version\":1,\"x\":1}")
                .expectProblem(400, "unknown-field");
    }

    @Test
    @Clause("CFG-11")
    default void refusesWhatIsNoKey() {
        for (String bad : List.of("a..b", ".a", "two%20words", "%C3%BC", "a%00", "x".repeat(256))) {
            http().put(at(bad), "1").expect(400);
        }
        http().put(at("a..b"), "1").expectProblem(400, "invalid-key");
    }

    @Test
    @Clause("CFG-12")
    default void refusesAValueAboveTheLimitByItsName() {
        String key = Fresh.name("large");

        Answer refused = http().put(at(key), "\"" + "x".repeat(ConfigLimits.MAX_VALUE_BYTES) + "\"");

        assertThat(refused.expectProblem(413, "value-too-large").detail()).contains("524288");
        http().get(at(key)).expect(404);
    }

    @Test
    @Clause("CFG-50")
    default void takesPlainTextAsAString() {
        String key = Fresh.name("text");

        http().with("Content-Type", "text/plain; charset=utf-8")
                .send("PUT", at(key), "käse \"x\" 12\n".getBytes(StandardCharsets.UTF_8))
                .expect(201);

        assertThat(http().get(at(key)).json().path("value").asString()).isEqualTo("käse \"x\" 12\n");
        assertThat(http().with("Accept", "text/plain").get(at(key)).expect(200).body())
                .isEqualTo("käse \"x\" 12\n");
    }

    @Test
    @Clause("CFG-51")
    default void refusesBodiesThatAreNoValue() {
        String key = Fresh.name("bad");
        http().put(at(key), "{\"a\":").expectProblem(400, "malformed-json");
        http().put(at(key), "").expectProblem(400, "missing-body");
        assertThat(http().put(at(key), "1 2").status()).isEqualTo(400);
        http().with("Content-Type", "application/x-www-form-urlencoded")
                .send("PUT", at(key), "1".getBytes(StandardCharsets.UTF_8))
                .expectProblem(415, "unsupported-media-type");
        http().get(at(key)).expect(404);
    }

    @Test
    @Clause("CFG-52")
    default void pagesOfValuesAreFollowedByTheirCursor() {
        String key = Fresh.name("paged");
        List.of("a", "b", "c").forEach(each -> http().put(at(key + "." + each), "1"));

        JsonNode first = http().get("/v1/config?limit=2&prefix=" + key).json();
        assertThat(keys(first)).containsExactly(key + ".a", key + ".b");
        JsonNode second = http().get("/v1/config?limit=2&prefix=" + key + "&cursor="
                        + first.path("cursor").asString())
                .json();
        assertThat(keys(second)).containsExactly(key + ".c");
        assertThat(second.has("cursor")).isFalse();
        http().get("/v1/config?limit=0").expectProblem(400, "invalid-parameter");
    }

    @Test
    @Clause("CFG-53")
    default void streamsChangesAndGoesOnAfterTheLastEventId() throws IOException {
        String key = Fresh.name("streamed");
        String second;
        try (RawHttp.Stream stream = http().open("GET", "/v1/config?watch&prefix=" + key, null)) {
            assertThat(stream.head().expect(200).header("Content-Type")).startsWith("text/event-stream");
            assertThat(next(stream).id()).isNotEmpty();
            http().put(at(key), "1");
            http().put(at(key), "2");
            Event one = next(stream);
            Event two = next(stream);
            assertThat(one.json().path("type").asString()).isEqualTo("put");
            assertThat(one.json().path("key").asString()).isEqualTo(key);
            assertThat(one.json().path("value").asInt()).isEqualTo(1);
            assertThat(one.json().path("version").asInt()).isEqualTo(1);
            assertThat(one.id())
                    .isEqualTo(one.json()
                            .path("index")
                            .asString(one.json().path("index").toString()));
            assertThat(two.json().path("version").asInt()).isEqualTo(2);
            second = two.id();
        }
        http().put(at(key), "3");
        http().delete(at(key));
        try (RawHttp.Stream stream =
                http().with("Last-Event-ID", second).open("GET", "/v1/config?watch&prefix=" + key, null)) {
            stream.head().expect(200);
            assertThat(next(stream).id()).isEqualTo(second);
            assertThat(next(stream).json().path("version").asInt()).isEqualTo(3);
            assertThat(next(stream).json().path("type").asString()).isEqualTo("delete");
        }
        http().with("Last-Event-ID", "x").get("/v1/config?watch").expectProblem(400, "invalid-parameter");
        http().get("/v1/config?watch=maybe").expectProblem(400, "invalid-parameter");
    }

    /** A server-sent event. */
    record Event(String id, String data) {

        JsonNode json() {
            return SidecarJson.mapper().readTree(data);
        }
    }

    private static Event next(RawHttp.Stream stream) throws IOException {
        String id = "";
        String data = "";
        for (String line = stream.line(); line != null; line = stream.line()) {
            if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("data:")) {
                data = line.substring(5).strip();
            } else if (line.isEmpty() && !id.isEmpty()) {
                return new Event(id, data);
            }
        }
        throw new IOException("the stream ended");
    }

    private static String at(String key) {
        return "/v1/config/" + key;
    }

    private static List<String> keys(JsonNode list) {
        return list.path("entries")
                .valueStream()
                .map(entry -> entry.path("key").asString())
                .toList();
    }

    private static List<Integer> versions(JsonNode history) {
        return history.path("versions")
                .valueStream()
                .map(version -> version.path("version").asInt())
                .toList();
    }
}
