package dev.sidecar.server.compare;

import dev.sidecar.server.SidecarMain;
import dev.sidecar.server.compare.probe.Faults;
import dev.sidecar.server.compare.probe.Shop;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of virtual machines: this one's own for sidecars, one for all probes. */
final class JavaCommand {

    /** As containers are run: out of memory is the end, not a limp. */
    private static final String END_WITH_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final String wholeClassPath;
    private final String probeClassPath;
    private final List<String> appOptions;

    JavaCommand(Path directory, List<String> appOptions) throws IOException {
        List<Path> whole = ClassPath.whole(directory);
        this.wholeClassPath = ClassPath.joined(whole);
        this.probeClassPath = ClassPath.forProbes(whole);
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
    List<String> sidecar(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(sidecarOptions());
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith(".jar") && !classPath.contains(":")) {
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, SidecarMain.class.getName()));
        }
        command.addAll(arguments);
        return command;
    }

    /** The sidecar with features that break when the file says so, and that ends when its memory does. */
    List<String> faultySidecar(Path fault, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(sidecarOptions());
        command.addAll(
                List.of(END_WITH_MEMORY, Faults.option(fault), "-cp", wholeClassPath, FaultySidecar.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The application with features that break when the file says so. */
    List<String> shop(List<String> properties) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(appOptions);
        command.add(END_WITH_MEMORY);
        command.addAll(properties);
        command.addAll(List.of("-cp", probeClassPath, Shop.class.getName()));
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
