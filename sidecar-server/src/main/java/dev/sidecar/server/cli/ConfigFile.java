package dev.sidecar.server.cli;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which configuration file is meant. */
final class ConfigFile {

    static final Path DEFAULT = Path.of("sidecar.yml");

    private ConfigFile() {}

    /**
     * The one that was named, else {@code ./sidecar.yml} if it is there.
     *
     * @throws StartupFailure 78 when the named one cannot be read
     */
    static Optional<Path> find(@Nullable Path named) {
        if (named == null) {
            return Optional.of(DEFAULT.toAbsolutePath()).filter(Files::isRegularFile);
        }
        Path file = named.toAbsolutePath().normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            String why = Files.exists(file) ? "is not a file that can be read" : "does not exist";
            throw new StartupFailure(ExitCodes.CONFIG, "--config: '" + named + "' " + why);
        }
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".yml") && !name.endsWith(".yaml")) {
            throw new StartupFailure(ExitCodes.CONFIG, "--config: '" + named + "' must end with .yml or .yaml");
        }
        return Optional.of(file);
    }
}
