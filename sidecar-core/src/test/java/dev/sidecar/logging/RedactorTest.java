package dev.sidecar.logging;

import static dev.sidecar.logging.LogFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sidecar.logging.LoggingOptions.Redaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private final Redactor redactor = new Redactor(LogFixture.DEFAULT_REDACTION);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "PASSWORD",
                "passwd",
                "pwd",
                "db.password",
                "userPassword",
                "dbpassword",
                "secret",
                "clientSecret",
                "client-secret",
                "client_secret",
                "token",
                "access_token",
                "X-Auth-Token",
                "authorization",
                "http.request.header.authorization",
                "Proxy-Authorization",
                "api-key",
                "apiKey",
                "API_KEY",
                "x.api.key",
                "cookie",
                "Set-Cookie",
                "private-key",
                "privateKey",
                "credential",
                "credentials",
                "AWS_SECRET_ACCESS_KEY",
                "access-key",
                "passphrase",
                "sessionId",
                "DB_PWD",
                "db.pwd"
            })
    void hidesTheValueOf(String key) {
        assertThat(redact(Map.of(key, "hunter2"))).containsExactly(Map.entry(key, "[REDACTED]"));
        assertThat(redact(Map.of(key, List.of("hunter2")))).containsExactly(Map.entry(key, "[REDACTED]"));
        assertThat(redact(Map.of("a", List.of(Map.of(key, 12)))))
                .isEqualTo(Map.of("a", List.of(Map.of(key, "[REDACTED]"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "tokens",
                "token.count",
                "passwordless",
                "keyboard",
                "author",
                "cookieless",
                "monkey",
                "secretary",
                "cwpwd",
                "resetPasswordUrl"
            })
    void leavesTheValueOf(String key) {
        Map<String, Object> attributes = Map.of(key, "shown");

        assertThat(redact(attributes)).isSameAs(attributes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
            password=hunter2                              | password=[REDACTED]
            password = hunter2 was wrong                  | password = [REDACTED] was wrong
            user=ann password=hunter2&x=1                 | user=ann password=[REDACTED]&x=1
            {"user":"ann","password":"hunt\\"er2","a":1}  | {"user":"ann","password":"[REDACTED]","a":1}
            {\\"password\\":\\"hunter2\\",\\"a\\":1}      | {\\"password\\":\\"[REDACTED]\\",\\"a\\":1}
            {'api_key': 'hunter2'}                        | {'api_key': '[REDACTED]'}
            secret: hunter2                               | secret: [REDACTED]
            GET /a?access_token=hunter2&b=1 HTTP/1.1      | GET /a?access_token=[REDACTED]&b=1 HTTP/1.1
            Authorization: Bearer hunter2                 | Authorization: [REDACTED]
            authorization: Basic YW5uOmh1bnRlcjI=         | authorization: [REDACTED]
            curl -H 'Authorization: Digest a="b", c' x    | curl -H 'Authorization: [REDACTED]"b", c' x
            Cookie: a=b; c=d                              | Cookie: [REDACTED]
            Set-Cookie: sid=1; Path=/                     | Set-Cookie: [REDACTED]
            sent Bearer hunter2hunter2 to it              | sent Bearer [REDACTED] to it
            sent bearer abcdefghijkl                      | sent bearer [REDACTED]
            sent Basic YW5uOmh1bnRlcjI=                   | sent Basic [REDACTED]
            jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln! | jwt [REDACTED]!
            jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.      | jwt [REDACTED]
            key AKIAIOSFODNN7EXAMPLE used                 | key [REDACTED] used
            key ghp_0123456789abcdefghij used             | key [REDACTED] used
            to https://hooks.slack.com/services/T1/B2/x3, | to https://hooks.slack.com/services/[REDACTED],
            jdbc:postgresql://ann:hunter2@db:5432/orders  | jdbc:postgresql://[REDACTED]@db:5432/orders
            redis://:hunter2@cache/0                      | redis://[REDACTED]@cache/0
            https://ann:hunt@er2@host/x                   | https://[REDACTED]@host/x
            DB_PASSWORD=hunter2                           | DB_PASSWORD=[REDACTED]
            --client-secret=hunter2                       | --client-secret=[REDACTED]
            password="hunter2 and more                    | password="[REDACTED]
            """)
    void hidesSecretsInText(String text, String expected) {
        assertThat(redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "",
                "a=b",
                "time: 12:00:00",
                "http://host:80/path@x",
                "https://ann@host/",
                "a://b",
                "basic authentication is off",
                "Bearer authentication failed",
                "use bearer tokens.",
                "eyJ is a prefix",
                "AKIA is short",
                "password",
                "password:",
                "password=",
                "the secret is safe",
                "mailto:ann@example.com",
                "12:30",
                "::1",
                "==",
                "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----"
            })
    void leavesOtherText(String text) {
        assertThat(redact(text)).isSameAs(text);
    }

    @Test
    void hidesAPrivateKey() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQ\n-----END RSA PRIVATE KEY-----";

        assertThat(redact("key:\n" + key + "\nnext")).isEqualTo("key:\n[REDACTED]\nnext");
        assertThat(redact(key.substring(0, 40))).isEqualTo("[REDACTED]");
    }

    @Test
    void hidesInTheBodyAndTheResourceToo() {
        LogRecord record = LogRecord.builder()
                .body(Map.of("token", "t", "note", "password=x"))
                .resource(Map.of("process.command_line", "run --password=x"))
                .build();

        LogRecord redacted = redactor.redact(record);

        assertThat(redacted.body()).isEqualTo(Map.of("token", "[REDACTED]", "note", "password=[REDACTED]"));
        assertThat(redacted.resource()).isEqualTo(Map.of("process.command_line", "run --password=[REDACTED]"));
    }

    @Test
    void keepsARecordWithoutSecretsAsItIs() {
        LogRecord record = record(Map.of("a", List.of(1, true, "x"), "b", Map.of("c", 1.5)));

        assertThat(redactor.redact(record)).isSameAs(record);
    }

    @Test
    void usesKeysAndPatternsOfTheUserToo() {
        Redactor own = new Redactor(new Redaction(List.of("ssn", "Card-Number"), List.of("card-\\d+")));

        assertThat(own.redact(record(Map.of("userSsn", "1", "session", "2", "cardnumber", "3", "x", "a card-12 b")))
                        .attributes())
                .isEqualTo(Map.of(
                        "userSsn", "[REDACTED]", "session", "2", "cardnumber", "[REDACTED]", "x", "a [REDACTED] b"));
    }

    @ParameterizedTest
    @CsvSource({"a(b, Unclosed group", "x*, matches empty text", "[z, Unclosed character class"})
    void refusesAPatternThatCannotBeByItsProperty(String pattern, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redactor(new Redaction(List.of(), List.of(pattern))))
                .withMessageContaining("sidecar.logging.redact.patterns[0]")
                .withMessageContaining(pattern)
                .withMessageContaining(reason);
    }

    @Test
    void aPatternThatRunsAwayHidesTheWholeTextInstead() {
        Redactor own = new Redactor(new Redaction(List.of(), List.of("(a+)+b", "(x|y)*z")));

        assertThat(own.redact(record("a".repeat(5000))).body()).isEqualTo("[REDACTED]");
        assertThat(own.redact(record("xy".repeat(200_000))).body()).isEqualTo("[REDACTED]");
        assertThat(own.redact(record("harmless")).body()).isEqualTo("harmless");
    }

    @Test
    void makesWhatEncodersCannotWriteWritable() {
        List<Object> deep = new ArrayList<>();
        List<Object> inner = deep;
        for (int i = 0; i < 10_000; i++) {
            List<Object> next = new ArrayList<>();
            inner.add(next);
            inner = next;
        }
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("half", "a\ud83eb");
        odd.put("type", Duration.ofSeconds(1));
        odd.put("deep", deep);

        Map<String, Object> written = redact(odd);

        assertThat(written).containsEntry("half", "a\uFFFDb").containsEntry("type", "PT1S");
        assertThat(written.get("deep").toString()).contains("nested too deep");
    }

    @Test
    void takesTimeInProportionToTheTextWhateverItIs() {
        for (String seed : List.of(
                "=",
                ":",
                "://",
                "a:",
                "password=",
                "eyJa.",
                "eyJ",
                "Bearer ",
                "-----BEGIN ",
                "\\\"",
                "AKIA",
                "basic a",
                "://a:b",
                "-----BEGIN PRIVATE KEY-----",
                "password=\"\\")) {
            String text = seed.repeat((1 << 20) / seed.length());
            long start = System.nanoTime();
            redact(text);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(seed).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void noSecretSurvivesAnyTextAroundIt() {
        Random random = new Random(3);
        String alphabet = " ab:=\"'\\{},;&-./@\n";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String around = text.toString();
            assertThat(String.valueOf(redact(around + " password=hunter2 " + around)))
                    .doesNotContain("hunter2");
        }
    }

    private Object redact(String text) {
        return redactor.redact(record(text)).body();
    }

    private Map<String, Object> redact(Map<String, Object> attributes) {
        return redactor.redact(record(attributes)).attributes();
    }
}
