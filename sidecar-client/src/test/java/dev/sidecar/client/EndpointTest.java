package dev.sidecar.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @Test
    void readsBothForms() {
        assertThat(Endpoint.parse("unix:/run/orders.sock")).isEqualTo(new Endpoint.Unix(Path.of("/run/orders.sock")));
        assertThat(Endpoint.parse("unix:///run/orders.sock")).isEqualTo(new Endpoint.Unix(Path.of("/run/orders.sock")));
        assertThat(Endpoint.parse("http://127.0.0.1:7300")).isEqualTo(new Endpoint.Tcp("127.0.0.1", 7300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unix:", "orders", "https://127.0.0.1:7300", "http://127.0.0.1", "http://a b:1"})
    void showsBothFormsToWhoWroteNeither(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unix:/run/orders.sock or http://127.0.0.1:7300");
    }
}
