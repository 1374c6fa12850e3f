package dev.sidecar.server.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftSocketsTest {

    @TempDir
    Path directory;

    @Test
    void removesWhatNobodyListensAtAndLeavesTheRest() throws Exception {
        Path dead = directory.resolve("orders-1.notify");
        Path alive = directory.resolve("orders-2.notify");
        Path others = directory.resolve("stock-1.notify");
        Path file = Files.createFile(directory.resolve("orders-3.notify"));
        DatagramSocket.bind(dead.toString()).close();
        DatagramSocket.bind(others.toString()).close();
        try (DatagramSocket listening = DatagramSocket.bind(alive.toString())) {
            assertThat(dead).exists();

            LeftSockets.remove(directory, "orders-*.notify");

            assertThat(dead).doesNotExist();
            assertThat(alive).exists();
            assertThat(others).exists();
            assertThat(file).exists();
            assertThat(listening).isNotNull();
        }
    }

    @Test
    void aDirectoryThatIsNotThereHasNone() {
        LeftSockets.remove(directory.resolve("missing"), "*");

        assertThat(directory.resolve("missing")).doesNotExist();
    }
}
