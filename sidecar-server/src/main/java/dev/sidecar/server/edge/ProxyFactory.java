package dev.sidecar.server.edge;

import dev.sidecar.Sidecar;
import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.server.StartupProblem;
import dev.sidecar.server.edge.ProxyProperties.DriverType;
import dev.sidecar.server.edge.apply.Guards;
import dev.sidecar.server.edge.apply.LastGood;
import dev.sidecar.server.edge.driver.CommandDriver;
import dev.sidecar.server.edge.driver.Driver;
import dev.sidecar.server.edge.driver.Program;
import dev.sidecar.server.edge.driver.haproxy.HaproxyDriver;
import dev.sidecar.server.edge.driver.nginx.NginxDriver;
import dev.sidecar.server.edge.input.Inputs;
import dev.sidecar.server.edge.process.OwnProcess;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Puts a proxy together from its properties. */
final class ProxyFactory {

    private final Sidecar sidecar;
    private final SidecarHome home;
    private final MeterRegistry meters;

    ProxyFactory(Sidecar sidecar, SidecarHome home, MeterRegistry meters) {
        this.sidecar = sidecar;
        this.home = home;
        this.meters = meters;
    }

    /** @throws StartupProblem naming two proxies that would write the same file */
    static void apart(Map<String, ProxyProperties> proxies) {
        Map<Path, String> owners = new HashMap<>();
        proxies.forEach((name, properties) -> {
            Path file = properties.destination();
            String other =
                    file == null ? null : owners.put(file.toAbsolutePath().normalize(), name);
            if (other != null) {
                throw new StartupProblem(
                        "sidecar.edge." + name + ".destination: '" + file + "' is the file of sidecar.edge." + other
                                + " too",
                        "Give each proxy a file of its own.");
            }
        });
    }

    /** @throws StartupProblem naming the property that is wrong */
    ManagedProxy make(String name, ProxyProperties properties, ScheduledExecutorService timer) {
        check(name, properties);
        checkTemplate(name, properties);
        Path directory = directory(name);
        Program program = new Program(directory.resolve("output"), properties.timeout());
        Path socket = properties.runtimeSocket() == null
                ? home.run().resolve("edge-" + name + ".sock")
                : properties.runtimeSocket().toAbsolutePath();
        return new ManagedProxy(
                name,
                properties,
                new ManagedProxy.Parts(
                        inputs(properties),
                        new Renderer(name, properties, socket),
                        driver(properties, socket, program),
                        new LastGood(directory),
                        new Guards(properties.guards().minServers(), percent(name, properties)),
                        new OwnProcess(name, properties.start(), directory, farewell(properties.driver())),
                        new EdgeMeters(meters, name)),
                timer);
    }

    private Inputs inputs(ProxyProperties properties) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : properties.environment()) {
            String value = System.getenv(variable);
            if (value != null) {
                environment.put(variable, value);
            }
        }
        return new Inputs(sidecar, properties.services(), properties.config(), environment, properties.files());
    }

    private static Driver driver(ProxyProperties properties, Path runtimeSocket, Program program) {
        return switch (properties.driver()) {
            case NGINX ->
                new NginxDriver(
                        new NginxDriver.Settings(
                                properties.destination(),
                                properties.check(),
                                properties.reload(),
                                properties.start(),
                                properties.pidFile(),
                                properties.status(),
                                properties.drain(),
                                properties.timeout()),
                        program);
            case HAPROXY ->
                new HaproxyDriver(
                        new HaproxyDriver.Settings(
                                properties.destination(),
                                properties.check(),
                                properties.reload(),
                                masterSocket(properties),
                                runtimeSocket,
                                properties.pidFile(),
                                !properties.start().isEmpty(),
                                properties.timeout()),
                        program);
            case COMMAND ->
                new CommandDriver(properties.destination(), properties.check(), properties.reload(), program);
        };
    }

    /** What makes workers that have no master any more finish their requests and end. */
    private static String farewell(DriverType driver) {
        return switch (driver) {
            case NGINX -> "QUIT";
            case HAPROXY -> "USR1";
            case COMMAND -> "TERM";
        };
    }

    /** As it is configured, or as the command says that starts the proxy. */
    private static @Nullable Path masterSocket(ProxyProperties properties) {
        int option = properties.start().indexOf("-S");
        if (properties.masterSocket() != null
                || option < 0
                || option + 1 >= properties.start().size()) {
            return properties.masterSocket();
        }
        String socket = properties.start().get(option + 1).replaceAll("^unix@|,.*", "");
        return Path.of(socket).toAbsolutePath();
    }

    @SuppressWarnings("ConstantValue") // The binder gives null for what is missing.
    static void check(String name, ProxyProperties properties) {
        String prefix = "sidecar.edge." + name + ".";
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new StartupProblem(
                    "sidecar.edge: '" + name + "' cannot be a proxy's name",
                    "Give one of letters, digits, '.', '_' and '-'.");
        }
        if (properties.driver() == null) {
            throw new StartupProblem(prefix + "driver: is missing", "Give nginx, haproxy or command.");
        }
        if (properties.destination() == null) {
            throw new StartupProblem(prefix + "destination: is missing", "Give the path of the file to write.");
        }
        for (String service : properties.services()) {
            if (!service.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}")) {
                throw new StartupProblem(
                        prefix + "services: '" + service + "' cannot be a service's name",
                        "Give names of letters, digits, '.', '_' and '-'.");
            }
        }
        if (properties.quiescence().min().compareTo(properties.quiescence().max()) > 0) {
            throw new StartupProblem(
                    prefix + "wait: min '" + properties.quiescence().min() + "' is longer than max '"
                            + properties.quiescence().max() + "'",
                    "Give a min that is not longer than max, such as wait: {min: 200ms, max: 2s}.");
        }
        if (properties.driver() == DriverType.COMMAND && properties.builtin()) {
            throw new StartupProblem(
                    prefix + "template: is missing, and there is no built-in one for the driver 'command'",
                    "Give the path of a template.");
        }
        percent(name, properties);
    }

    private static void checkTemplate(String name, ProxyProperties properties) {
        if (!properties.builtin() && !Files.isReadable(Path.of(properties.template()))) {
            throw new StartupProblem(
                    "sidecar.edge." + name + ".template: '" + properties.template() + "' cannot be read",
                    "Give 'builtin' or the path of a template.");
        }
    }

    private static int percent(String name, ProxyProperties properties) {
        String text = properties.guards().maxShrink().strip().replaceAll("\\s*%$", "");
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 100) {
            throw new StartupProblem(
                    "sidecar.edge." + name + ".guards.max-shrink: '"
                            + properties.guards().maxShrink() + "' is not allowed",
                    "Give a percentage such as 50%.");
        }
        return Integer.parseInt(text);
    }

    private Path directory(String name) {
        Path directory = home.path().resolve("edge").resolve(name);
        try {
            return Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("sidecar.home: cannot make '" + directory + "': " + e.getMessage(), e);
        }
    }
}
