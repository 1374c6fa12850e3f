package dev.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {

    @TempDir
    Path home;

    @TempDir
    Path temporary;

    private final List<Process> writers = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process writer : writers) {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void isUnpackedOnceForAllProcessesAndNothingIsLeftWhenTheyAreKilled() throws Exception {
        for (int i = 0; i < 3; i++) {
            Path ledger = home.resolve("ledger-" + i);
            writers.add(Stores.start(temporary, StoreWriter.class, home, i, 1, 1_000_000, 5, 10, ledger));
        }
        for (int i = 0; i < 3; i++) {
            Path ledger = home.resolve("ledger-" + i);
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ledger) && Files.size(ledger) > 0);
        }

        end();

        assertThat(temporary).isEmptyDirectory();
        assertThat(home.resolve("lib")).isDirectoryContaining("glob:**sqlite-*");
        try (var libraries = Files.list(home.resolve("lib"))) {
            assertThat(libraries).hasSize(1);
        }
    }
}
