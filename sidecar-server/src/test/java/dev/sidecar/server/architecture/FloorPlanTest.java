package dev.sidecar.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same rooms on every floor: a feature that misses one is not finished. */
class FloorPlanTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final List<String> FEATURES =
            List.of("logging", "discovery", "health", "config", "watchdog", "resilience", "environment", "monitor");

    private static final List<String> ROOMS = List.of(
            "sidecar-core/src/main/java/dev/sidecar/%s/package-info.java",
            "sidecar-client/src/main/java/dev/sidecar/client/%s/package-info.java",
            "sidecar-autoconfigure/src/main/java/dev/sidecar/autoconfigure/%s/package-info.java",
            "sidecar-server/src/main/java/dev/sidecar/server/%s/package-info.java",
            "sidecar-tck/src/main/java/dev/sidecar/tck/%s/package-info.java",
            "docs/%s.md");

    static Stream<Path> rooms() {
        return FEATURES.stream().flatMap(feature -> ROOMS.stream().map(room -> ROOT.resolve(room.formatted(feature))));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void everyFeatureHasTheRoom(Path room) {
        assertThat(Files.exists(room))
                .as("%s is missing: a feature has the same rooms in every module", ROOT.relativize(room))
                .isTrue();
    }
}
