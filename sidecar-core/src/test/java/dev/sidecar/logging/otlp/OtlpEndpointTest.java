package dev.sidecar.logging.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4318, http://127.0.0.1:4318/v1/logs",
        "http://127.0.0.1:4318/, http://127.0.0.1:4318/v1/logs",
        "https://otel.example/base/, https://otel.example/base/v1/logs",
        "https://otel.example/base/v1/logs, https://otel.example/base/v1/logs",
        "https://otel.example?a=b, https://otel.example/v1/logs?a=b",
    })
    void appendsThePathUnlessItIsThere(String given, String asked) {
        assertThat(OtlpEndpoint.parse(given).url()).hasToString(asked);
    }

    @Test
    void takesASocket() {
        assertThat(OtlpEndpoint.parse("unix:/run/c.sock").socket()).hasToString("/run/c.sock");
        assertThat(OtlpEndpoint.parse("unix:///run/c.sock").socket()).hasToString("/run/c.sock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "collector:4318", "ftp://a", "http://", "unix:relative", "http://a b"})
    void saysWhichPropertyIsWrong(String given) {
        assertThatThrownBy(() -> OtlpEndpoint.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sidecar.logging.otlp.endpoint");
    }

    @Test
    void doesNotShowAKeyInTheQuery() {
        assertThat(OtlpEndpoint.parse("https://a?key=secret").toString()).doesNotContain("secret");
    }
}
