package dev.sidecar.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.client.TinyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixTransportTest extends TransportContract {

    @TempDir
    Path directory;

    @Override
    TinyServer serve(TinyServer.Handler handler) throws IOException {
        return TinyServer.on(Files.createTempDirectory(directory, "s").resolve("a.sock"), handler);
    }

    @Test
    void sendsNoToken() {
        transport.exchange(QUESTION);

        assertThat(server.received().get(0).headers())
                .doesNotContainKey("authorization")
                .containsEntry("host", "localhost");
    }
}
