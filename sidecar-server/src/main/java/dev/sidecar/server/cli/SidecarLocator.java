package dev.sidecar.server.cli;

import dev.sidecar.client.Endpoint;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import dev.sidecar.server.listener.SocketFile;
import dev.sidecar.server.security.TokenFile;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Finds the running sidecar that a verb is about: what the command line says, else what {@code sidecar run} left in
 * the environment, else what {@code sidecar.yml} says, else the only one of this home, else the default port.
 */
final class SidecarLocator {

    private static final String DEFAULT_URL = "http://127.0.0.1:7300";
    private static final String TOKEN = ".token";

    @Option(names = "--name", paramLabel = "NAME", description = "the sidecar of this service")
    private @Nullable String name;

    @Option(names = "--socket", paramLabel = "PATH", description = "the sidecar that listens on this Unix socket")
    private @Nullable Path socket;

    @Option(names = "--url", paramLabel = "URL", description = "the sidecar that listens here")
    private @Nullable String url;

    @Option(names = "--config", paramLabel = "FILE", description = "its configuration; default ./sidecar.yml if there")
    private @Nullable Path config;

    /** How to reach it, as things are now. */
    RemoteOptions find() {
        ConfigSketch sketch = ConfigSketch.of(ConfigFile.find(config).orElse(null));
        SidecarHome home = home(sketch);
        Endpoint endpoint = endpoint(sketch, home);
        return new RemoteOptions(
                endpoint,
                endpoint instanceof Endpoint.Unix ? null : token(sketch, home),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                new CompositeMeterRegistry());
    }

    private Endpoint endpoint(ConfigSketch sketch, SidecarHome home) {
        if (socket != null) {
            return new Endpoint.Unix(socket.toAbsolutePath());
        }
        if (url != null) {
            return parse("--url", url);
        }
        if (name != null) {
            return new Endpoint.Unix(socket(home, name));
        }
        String given = System.getenv("SIDECAR_SOCKET");
        if (given != null && Files.exists(Path.of(given))) {
            return new Endpoint.Unix(Path.of(given));
        }
        String givenUrl = System.getenv("SIDECAR_URL");
        if (givenUrl != null) {
            return parse("SIDECAR_URL", givenUrl);
        }
        return sketch.socket()
                .or(() -> sketch.name().map(service -> socket(home, service)))
                .or(() -> onlySocket(home))
                .<Endpoint>map(Endpoint.Unix::new)
                .orElseGet(() -> Endpoint.parse(DEFAULT_URL));
    }

    private static Endpoint parse(String source, String text) {
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StartupFailure(ExitCodes.USAGE, source + ": " + e.getMessage());
        }
    }

    private static SidecarHome home(ConfigSketch sketch) {
        return System.getenv("SIDECAR_HOME") == null
                ? sketch.home().map(SidecarHome::new).orElseGet(SidecarHome::byDefault)
                : SidecarHome.byDefault();
    }

    private @Nullable String token(ConfigSketch sketch, SidecarHome home) {
        for (String variable : List.of("SIDECAR_TOKEN", "SIDECAR_API_TOKEN")) {
            String value = System.getenv(variable);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return sketch.token()
                .or(() -> Optional.ofNullable(name)
                        .or(sketch::name)
                        .map(service -> TokenFile.of(home, service, socketOf(sketch)))
                        .filter(Files::isReadable)
                        .or(() -> onlyToken(home))
                        .flatMap(SidecarLocator::content))
                .orElse(null);
    }

    /** Null for the usual one. */
    private @Nullable Path socketOf(ConfigSketch sketch) {
        if (socket != null) {
            return socket;
        }
        return name == null || sketch.name().filter(name::equals).isPresent()
                ? sketch.socket().orElse(null)
                : null;
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path socket(SidecarHome home, String service) {
        return SocketFile.running(home, service).path();
    }

    /** Every sidecar leaves a token there, also one whose socket had to go elsewhere. */
    private static Optional<Path> onlySocket(SidecarHome home) {
        List<String> services = services(home)
                .filter(service -> Files.exists(socket(home, service)))
                .toList();
        if (services.size() > 1) {
            throw new StartupFailure(
                    ExitCodes.USAGE,
                    "several sidecars are here (" + String.join(", ", services) + "); choose one with --name");
        }
        return services.stream().findFirst().map(service -> socket(home, service));
    }

    /** Unless there are several: then nobody knows which is meant. */
    private static Optional<Path> onlyToken(SidecarHome home) {
        List<String> services = services(home).toList();
        return services.size() == 1
                ? Optional.of(home.path().resolve("run").resolve(services.get(0) + TOKEN))
                : Optional.empty();
    }

    private static Stream<String> services(SidecarHome home) {
        String[] files = home.path().resolve("run").toFile().list((directory, file) -> file.endsWith(TOKEN));
        return files == null
                ? Stream.empty()
                : Arrays.stream(files)
                        .map(file -> file.substring(0, file.length() - TOKEN.length()))
                        .sorted();
    }
}
