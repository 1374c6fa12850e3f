package dev.sidecar.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sidecar.Delivery;
import dev.sidecar.SidecarStatus;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.health.HealthStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSidecarTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final TinyServer.Handler INFO = exchange -> exchange.json(
            200,
            """
            {"name":"orders","instance":"orders-1","version":"1","state":"ready","delivery":"library",
             "features":{"logging":true},"links":{},"aFieldOfTomorrow":1}""");

    @TempDir
    Path directory;

    @Test
    void isDegradedUntilTheFirstAnswerAndThenWhole() throws Exception {
        TinyServer gone = TinyServer.on(directory.resolve("a.sock"), INFO);
        gone.close();
        try (RemoteSidecar sidecar = RemoteSidecar.connect(gone.options(TIMEOUT))) {
            assertThat(sidecar.status().status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(sidecar.status().since()).isNotNull();
            assertThatThrownBy(sidecar::info)
                    .isInstanceOf(SidecarUnavailableException.class)
                    .hasMessageContaining("a.sock");

            try (TinyServer back = gone.again(INFO)) {
                assertThat(back.endpoint()).isEqualTo(gone.endpoint());
                await().untilAsserted(() -> assertThat(sidecar.status()).isEqualTo(SidecarStatus.UP));
                assertThat(sidecar.info().name()).isEqualTo("orders");
            }
        }
    }

    @Test
    void saysThatItIsASidecarWhateverTheSidecarIsInside() throws Exception {
        try (TinyServer server = TinyServer.tcp(0, INFO);
                RemoteSidecar sidecar = RemoteSidecar.connect(server.options(TIMEOUT))) {
            assertThat(sidecar.info().delivery()).isEqualTo(Delivery.SIDECAR);
        }
    }

    @Test
    void givesTheLastInfoAndSaysSinceWhenWhileTheSidecarIsAway() throws Exception {
        TinyServer server = TinyServer.on(directory.resolve("b.sock"), INFO);
        try (RemoteSidecar sidecar = RemoteSidecar.connect(server.options(TIMEOUT))) {
            sidecar.info();
            server.close();

            assertThat(sidecar.info().name()).isEqualTo("orders");

            SidecarStatus first = sidecar.status();
            assertThat(first.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(first.detail()).contains("b.sock").contains("last known");
            sidecar.info();
            assertThat(sidecar.status().since()).isEqualTo(first.since());
        }
    }

    @Test
    void comesBackByItselfWithoutAnybodyAsking() throws Exception {
        TinyServer server = TinyServer.tcp(0, INFO);
        try (RemoteSidecar sidecar = RemoteSidecar.connect(server.options(TIMEOUT))) {
            await().until(() -> sidecar.status().equals(SidecarStatus.UP));
            server.close();
            sidecar.info();
            assertThat(sidecar.status().status()).isEqualTo(HealthStatus.DEGRADED);

            try (TinyServer back = server.again(INFO)) {
                await().until(() -> sidecar.status().equals(SidecarStatus.UP));
                assertThat(back.received()).isNotEmpty();
            }
        }
    }

    @Test
    void hasNoThreadAtRest() throws Exception {
        try (TinyServer server = TinyServer.tcp(0, INFO);
                RemoteSidecar sidecar = RemoteSidecar.connect(server.options(TIMEOUT))) {
            sidecar.info();

            await().untilAsserted(() -> assertThat(clientThreads()).isEmpty());
        }
    }

    @Test
    void leavesNoThreadWhenItIsClosedWhileTheSidecarIsAway() throws Exception {
        TinyServer gone = TinyServer.on(directory.resolve("c.sock"), INFO);
        gone.close();
        RemoteSidecar sidecar = RemoteSidecar.connect(gone.options(TIMEOUT));

        sidecar.close();
        sidecar.close();

        await().untilAsserted(() -> assertThat(clientThreads()).isEmpty());
        assertThatThrownBy(() -> sidecar.health().maintenance(true, null))
                .isInstanceOf(SidecarUnavailableException.class)
                .hasMessageContaining("closed");
    }

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sidecar-client"))
                .toList();
    }
}
