package dev.sidecar.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.TinyServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TcpTransportTest extends TransportContract {

    @Override
    TinyServer serve(TinyServer.Handler handler) {
        return TinyServer.tcp(0, handler);
    }

    @Test
    void sendsTheTokenAndItsHost() {
        transport.exchange(QUESTION);

        assertThat(server.received().get(0).headers())
                .containsEntry("authorization", "Bearer secret-token")
                .containsEntry("host", Transport.name(server.endpoint()).replace("http://", ""));
    }

    @Test
    void refusesATokenThatWouldBeMoreThanAHeader() {
        RemoteOptions options = new RemoteOptions(
                new Endpoint.Tcp("127.0.0.1", 7300),
                "a\r\nX: b",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new SimpleMeterRegistry());

        assertThatThrownBy(() -> new Transport(options, new Availability("test")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token")
                .hasMessageNotContaining("X: b");
    }
}
