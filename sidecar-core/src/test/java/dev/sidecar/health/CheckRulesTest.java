package dev.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.SidecarException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckRulesTest {

    @TempDir
    Path home;

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(tcp().interval(Duration.ofMillis(9)), "interval", "PT0.009S", "10ms to 1d"),
                bad(tcp().timeout(Duration.ZERO), "timeout", "PT0S", "1ms to 1h"),
                bad(tcp().timeout(Duration.ofHours(2)), "timeout", "PT2H", "1ms to 1h"),
                bad(tcp().startPeriod(Duration.ofSeconds(-1)), "startPeriod", "PT-1S", "0s to 1d"),
                bad(tcp().rise(0), "rise", "'0'", "1 to 1000"),
                bad(tcp().fall(1001), "fall", "'1001'", "1 to 1000"),
                bad(CheckDefinition.tcp("a", "localhost"), "address", "'localhost'", "host:port"),
                bad(CheckDefinition.tcp("a", "localhost:0"), "address", "'localhost:0'", "host:port"),
                bad(CheckDefinition.tcp("a", "localhost:65536"), "address", "65536", "1 to 65535"),
                bad(CheckDefinition.tcp("a", "::1:80"), "address", "'::1:80'", "[::1]:5432"),
                bad(CheckDefinition.tcp("a", null), "address", "missing", "host:port"),
                bad(CheckDefinition.grpc("a", "http://h:1"), "address", "'http://h:1'", "host:port"),
                bad(CheckDefinition.http("a", null), "url", "missing", "http://127.0.0.1:3000/health"),
                bad(CheckDefinition.http("a", "127.0.0.1:80/x"), "url", "'127.0.0.1:80/x'", "http or https"),
                bad(CheckDefinition.http("a", "ftp://h/x"), "url", "'ftp://h/x'", "http or https"),
                bad(CheckDefinition.http("a", "http:///x"), "url", "'http:///x'", "http or https"),
                bad(CheckDefinition.http("a", "http://h:70000/"), "url", "70000", "http or https"),
                bad(CheckDefinition.http("a", "http://h/a b"), "url", "'http://h/a b'", "http or https"),
                bad(http().expectedStatus(99), "expectedStatus", "'99'", "200 to 599"),
                bad(http().headers(Map.of("Content-Length", "9")), "headers", "'Content-Length'", "not Connection"),
                bad(http().headers(Map.of("X-A", "a\r\nb")), "headers", "'X-A'", "printable"),
                bad(CheckDefinition.exec("a"), "command", "'[]'", "a program and its arguments"),
                bad(CheckDefinition.exec("a", " "), "command", "'[ ]'", "a program and its arguments"),
                bad(CheckDefinition.exec("a", "x", "a\0b"), "command", "'[x", "a program and its arguments"),
                bad(CheckDefinition.ttl("a", null), "ttl", "missing", "15s"),
                bad(CheckDefinition.ttl("a", Duration.ofMillis(1)), "ttl", "PT0.001S", "10ms to 30d"),
                bad(CheckDefinition.process("a", 0), "pid", "'0'", "1 or more"),
                bad(CheckDefinition.process("", 1), "name", "''", "letters"),
                bad(CheckDefinition.process("a/b", 1), "name", "'a/b'", "letters"),
                bad(tcp().service("x"), "service", "type tcp", "leave it out"),
                bad(CheckDefinition.process("a", 1).url("http://h/"), "url", "type process", "leave it out"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesAndNamesTheFieldTheValueAndTheFix(CheckBuilder check, String field, String value, String fix) {
        try (TestHealth test = new TestHealth(home)) {
            assertThatThrownBy(() -> test.define(check))
                    .isInstanceOfSatisfying(SidecarException.class, e -> {
                        assertThat(e.code()).isEqualTo("invalid-check");
                        assertThat(e.problem().status()).isEqualTo(400);
                    })
                    .hasMessageContainingAll(field, value, fix);
        }
    }

    @Test
    void refusesACheckWithoutAType() {
        CheckDefinition nothing = new CheckBuilder("a", null).build();

        assertThatThrownBy(() -> CheckRules.check(nothing)).hasMessageContainingAll("type", "http, tcp, exec, grpc");
    }

    @Test
    void refusesNullInALists() {
        CheckBuilder command = CheckDefinition.exec("a").command(Arrays.asList("x", null));

        try (TestHealth test = new TestHealth(home)) {
            assertThatThrownBy(() -> test.define(command)).hasMessageContaining("command");
        }
    }

    @Test
    void aRefusalDoesNotShowUserInfoOrQuery() {
        CheckDefinition secret =
                CheckDefinition.http("a", "ftp://joe:s3cret@h/x?token=s3cret").build();

        try (TestHealth test = new TestHealth(home)) {
            assertThatThrownBy(() -> test.health.define(secret))
                    .hasMessageContaining("ftp://")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void aDefinitionInALogShowsNoSecret() {
        CheckDefinition secret = CheckDefinition.http("a", "http://joe:s3cret@h/")
                .headers(Map.of("Authorization", "s3cret"))
                .build();

        assertThat(secret.toString()).contains("a", "HTTP").doesNotContain("s3cret");
    }

    private static CheckBuilder tcp() {
        return CheckDefinition.tcp("a", "localhost:80");
    }

    private static CheckBuilder http() {
        return CheckDefinition.http("a", "http://localhost/");
    }

    private static Arguments bad(CheckBuilder check, String field, String value, String fix) {
        return Arguments.of(check, field, value, fix);
    }
}
