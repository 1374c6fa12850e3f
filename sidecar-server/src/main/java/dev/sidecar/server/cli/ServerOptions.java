package dev.sidecar.server.cli;

import dev.sidecar.server.cli.validation.ConfigurationCheck;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of run and attach. Each stands for a property; left out, the property decides. */
final class ServerOptions {

    @Option(names = "--config", paramLabel = "FILE", description = "configuration; default ./sidecar.yml if there")
    @Nullable
    Path config;

    @Option(names = "--name", paramLabel = "NAME", description = "name of the service (sidecar.app.name)")
    @Nullable
    String name;

    @Option(names = "--app-port", paramLabel = "PORT", description = "where the application listens (sidecar.app.port)")
    @Nullable
    Integer appPort;

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            description = "of the v1 API, default 7300, 0 = any (sidecar.api.port)")
    @Nullable
    Integer apiPort;

    @Option(
            names = "--ops-port",
            paramLabel = "PORT",
            description = "of actuator, default 7301, 0 = any (sidecar.ops.port)")
    @Nullable
    Integer opsPort;

    @Option(names = "--socket", paramLabel = "PATH", description = "Unix socket of the v1 API (sidecar.api.socket)")
    @Nullable
    Path socket;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "any property; may be repeated")
    Map<String, String> set = new LinkedHashMap<>();

    /** What was said, as properties; {@code --set} gives way to an option of its own. */
    Map<String, String> properties() {
        if (!set.isEmpty()) {
            ConfigurationCheck check = ConfigurationCheck.create();
            set.keySet().forEach(key -> check.checkName(key).ifPresent(problem -> {
                throw new StartupFailure(ExitCodes.CONFIG, "--set: " + problem);
            }));
        }
        Map<String, String> properties = new LinkedHashMap<>(set);
        put(properties, "sidecar.app.name", name);
        put(properties, "sidecar.app.port", appPort);
        put(properties, "sidecar.api.port", apiPort);
        put(properties, "sidecar.ops.port", opsPort);
        put(properties, "sidecar.api.socket", socket == null ? null : socket.toAbsolutePath());
        return properties;
    }

    static void put(Map<String, String> properties, String key, @Nullable Object value) {
        if (value != null) {
            properties.put(key, value.toString());
        }
    }
}
