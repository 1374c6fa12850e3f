package dev.sidecar.config;

import dev.sidecar.Identity;
import dev.sidecar.LocalContext;
import dev.sidecar.runtime.Commands;
import dev.sidecar.runtime.SidecarHome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens stores, in this process and in others. */
final class Stores {

    private Stores() {}

    static LocalConfig open(Path home, String name) {
        return LocalConfig.start(
                new LocalContext(
                        new Identity(name, name + "-1", "localhost"), new SidecarHome(home), new SimpleMeterRegistry()),
                ConfigOptions.defaults());
    }

    /** A process with this main class. */
    static Process start(Class<?> main, Object... arguments) throws IOException {
        return start(Path.of(System.getProperty("java.io.tmpdir")), main, arguments);
    }

    /** The same with a directory of its own for temporary files. */
    static Process start(Path temporary, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return Commands.start(Commands.of(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }
}
