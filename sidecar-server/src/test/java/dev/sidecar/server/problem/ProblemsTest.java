package dev.sidecar.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.server.testing.RunningServer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = RunningServer.start(home, List.of(EchoController.class), "sidecar.api.max-body-size=64KB");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            {"name":                  | malformed-json | line 1
            {"name":"a",,}            | malformed-json | column
            not json                  | malformed-json | line 1
            {"name":"a"} trailing     | malformed-json | line 1
            {"nmae":"a"}              | unknown-field  | (did you mean 'name'?)
            {"parts":[{"size":1,"nam":1}]} | unknown-field  | parts[0].nam
            {"zzzzzzzzz":1}           | unknown-field  | field here; allowed are at, metadata, name
            {"port":"abc"}            | wrong-type     | port: 'abc' is not allowed; give a whole number
            {"port":"3000"}           | wrong-type     | port: '3000'
            {"port":1.5}              | wrong-type     | port: '1.5'
            {"port":99999999999}      | wrong-type     | port: is out of range; give a whole number
            {"port":{}}               | wrong-type     | port: an object is not allowed
            {"parts":[{"name":"a"}]}  | missing-field  | parts[0].size: is missing; give a whole number
            {"parts":[{"size":null}]} | wrong-type     | parts[0].size: null
            {"name":7}                | wrong-type     | give a string
            {"name":["a"]}            | wrong-type     | name: an array is not allowed; give a string
            {"secure":"yes"}          | wrong-type     | true or false
            {"ttl":"soon"}            | wrong-type     | give a duration such as
            {"ttl":true}              | wrong-type     | give a duration such as
            {"at":"yesterday"}        | wrong-type     | give a time such as
            {"severity":"LOUD"}       | wrong-type     | give one of UNSPECIFIED, TRACE
            {"metadata":{"a":{}}}     | wrong-type     | metadata.a
            {"metadata":[]}           | wrong-type     | metadata: an array is not allowed; give an object
            {"parts":{}}              | wrong-type     | give an array
            {"parts":[{"size":"x"}]}  | wrong-type     | parts[0].size: 'x'
            []                        | wrong-type     | the body: an array is not allowed; give an object
            {"port":70000}            | invalid-port   | port: '70000'
            """)
    void namesTheFieldTheValueAndTheFix(String body, String code, String detail) {
        JsonNode problem = problem(put(body), 400, code);

        assertThat(problem.get("detail").asString()).contains(detail);
    }

    @Test
    void takesWhatIsRight() {
        HttpResponse<String> response = server.send(
                put(
                        """
                {"name":"a","port":1,"secure":true,"ttl":"15s","at":"2026-01-31T12:00:00Z","severity":"warn",
                 "metadata":{"a":"b"},"parts":[]}"""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"ttl\":\"15s\"", "\"at\":\"2026-01-31T12:00:00Z\"", "\"WARN\"");
    }

    @Test
    void saysThatTheBodyIsMissing() {
        problem(
                server.api("/v1/echo")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.noBody()),
                400,
                "missing-body");
    }

    @ParameterizedTest
    @CsvSource({
        "'', missing-parameter, limit",
        "limit=x, invalid-parameter, limit: 'x' is not allowed; give a whole number",
        "limit=1&severity=loud, invalid-parameter, severity: 'loud'",
        "limit=1&wait=soon, invalid-parameter, give a duration",
        "limit=1&since=now, invalid-parameter, give a time"
    })
    void namesTheQueryParameter(String query, String code, String detail) {
        JsonNode problem = problem(server.api("/v1/echo?" + query), 400, code);

        assertThat(problem.get("detail").asString()).contains(detail);
    }

    @Test
    void readsQueriesAsJsonIsRead() {
        assertThat(server.send(server.api("/v1/echo?limit=1&severity=warn&wait=2m"))
                        .body())
                .contains("\"severity\":\"WARN\"", "\"wait\":\"2m\"");
    }

    @Test
    void saysWhichMethodsThereAre() {
        HttpResponse<String> response = server.send(server.api("/v1/echo").DELETE());

        assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET", "PUT");
        assertThat(problem(server.api("/v1/echo").DELETE(), 405, "method-not-allowed")
                        .get("detail")
                        .asString())
                .contains("DELETE", "GET");
    }

    @Test
    void saysWhichMediaTypesThereAre() {
        JsonNode sent = problem(
                server.api("/v1/echo").header("Content-Type", "text/csv").PUT(BodyPublishers.ofString("a,b")),
                415,
                "unsupported-media-type");
        JsonNode wanted = problem(server.api("/v1/echo?limit=1").header("Accept", "image/png"), 406, "not-acceptable");

        assertThat(sent.get("detail").asString()).contains("text/csv", "application/json");
        assertThat(wanted.get("detail").asString()).contains("image/png", "application/json");
    }

    @Test
    void refusesABodyWithoutAMediaType() {
        problem(server.api("/v1/echo").PUT(BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
    }

    @Test
    void knowsNoOtherPath() {
        JsonNode problem = problem(server.api("/v1/nothing"), 404, "not-found");

        assertThat(problem.get("detail").asString()).contains("/v1/nothing", "openapi");
    }

    @Test
    void saysWhenToTryAgain() {
        HttpResponse<String> response = server.send(server.api("/v1/busy"));

        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(problem(server.api("/v1/busy"), 429, "too-many")
                        .get("errors")
                        .get(0)
                        .get("line")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void hidesItsOwnFaultsBehindAnIdThatTheLogHas(CapturedOutput output) {
        JsonNode problem = problem(server.api("/v1/broken"), 500, "internal-error");

        String id = problem.get("instance").asString().replace("urn:uuid:", "");
        assertThat(problem.toString()).doesNotContain("hunter2", "IllegalState");
        assertThat(output).contains("internal error " + id);
    }

    @Test
    void refusesABodyThatSaysItIsTooLarge() {
        JsonNode problem = problem(put("\"" + "x".repeat(100_000) + "\""), 413, "body-too-large");

        assertThat(problem.get("detail").asString()).contains("sidecar.api.max-body-size");
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() {
        byte[] body = ("\"" + "x".repeat(10_000_000) + "\"").getBytes(StandardCharsets.UTF_8);
        problem(
                server.api("/v1/echo")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
                413,
                "body-too-large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET /v1 HTTP/1.1\\r\\n\\r\\n                                 | 400 | malformed-request
            GET /v1 HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n                    | 400 | malformed-request
            GET /v1 HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n           | 400 | malformed-request
            G@T\\0 /v1 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n           | 400 | malformed-request
            GET /v1{} HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n            | 400 | malformed-request
            GET /v1/%zz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n          | 400 | malformed-request
            GET /v1/%2e%2e%2f HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n    | 400 | malformed-request
            nonsense\\r\\n\\r\\n                                         | 400 | malformed-request
            GET /v1 HTTP/9.9\\r\\nHost: localhost\\r\\n\\r\\n              | 505 | status-505
            CONNECT /v1 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n          | 501 | status-501
            TRACE /v1/echo HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n       | 405 | method-not-allowed
            BREW /v1/echo HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n        | 405 | method-not-allowed
            """)
    void reportsWhatTheContainerRefusesAsAProblemToo(String request, int status, String code) {
        String plain = request.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        String authorized = plain.replace(
                "Host: localhost\r\n",
                "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                        + server.token().value() + "\r\n");

        String answer = server.raw(authorized);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"" + code + "\"");
        assertThat(answer).doesNotContain("Tomcat", "<html", "java.", "org.apache", "Server:");
    }

    @Test
    void namesThePropertyThatLimitsHeaders() {
        String answer = server.raw("GET /v1 HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");

        assertThat(answer).contains("application/problem+json", "headers-too-large", "sidecar.api.max-header-size");
        assertThat(answer).startsWith("HTTP/1.1 431");
    }

    private static HttpRequest.Builder put(String body) {
        return server.api("/v1/echo").header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
    }

    private static JsonNode problem(HttpRequest.Builder request, int status, String code) {
        HttpResponse<String> response = server.send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = RunningServer.json(response);
        assertThat(problem.get("code").asString()).as(response.body()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asString()).isEqualTo("urn:sidecar:problem:" + code);
        assertThat(problem.get("title").asString()).isNotBlank();
        return problem;
    }
}
