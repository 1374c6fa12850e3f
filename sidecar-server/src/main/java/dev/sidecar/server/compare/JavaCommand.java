package dev.sidecar.server.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of virtual machines: this one's own for sidecars, one for all probes. */
final class JavaCommand {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final String probeClassPath;
    private final List<String> appOptions;

    JavaCommand(Path directory, List<String> appOptions) throws IOException {
        this.probeClassPath = ClassPath.forProbes(directory);
        this.appOptions = List.copyOf(appOptions);
    }

    List<String> appOptions() {
        return appOptions;
    }

    /** The options of this process, which the launcher chose: a sidecar runs with the same. */
    List<String> sidecarOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** The sidecar, as this process was started. */
    List<String> sidecar(Class<?> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(sidecarOptions());
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(":")) {
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, mainClass.getName()));
        }
        command.addAll(arguments);
        return command;
    }

    /** A probe or its neighbour. */
    List<String> probe(Class<?> mainClass, List<String> properties) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(appOptions);
        command.addAll(properties);
        command.addAll(List.of("-cp", probeClassPath, mainClass.getName()));
        return command;
    }
}
