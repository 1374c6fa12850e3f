package dev.sidecar.server.compare;

import dev.sidecar.server.SidecarMain;
import dev.sidecar.server.compare.probe.Faults;
import dev.sidecar.server.compare.probe.Shop;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of virtual machines: this one's own for sidecars, one for all probes. */
final class JavaCommand {

    /** As containers are run: out of memory is the end, not a limp. */
    private static final String END_WITH_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    private static final String SERIAL = "-XX:+UseSerialGC";

    /** As the launcher starts a sidecar. */
    private static final List<String> SMALL = List.of(
            SERIAL, "-Xms8m", "-Xmx64m", "-Xss512k", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=32m");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final String wholeClassPath;
    private final String probeClassPath;
    private final List<String> appOptions;
    private final List<String> sidecarOptions =
            limited(ManagementFactory.getRuntimeMXBean().getInputArguments());

    JavaCommand(Path directory, List<String> appOptions) throws IOException {
        List<Path> whole = ClassPath.whole(directory);
        this.wholeClassPath = ClassPath.joined(whole);
        this.probeClassPath = ClassPath.forProbes(whole);
        this.appOptions = List.copyOf(appOptions);
    }

    List<String> appOptions() {
        return appOptions;
    }

    /**
     * The options of this process: a sidecar runs with the same. Where nobody limited its memory, it gets the launcher's:
     * a leak would else go on until the whole machine is in want.
     */
    List<String> sidecarOptions() {
        return sidecarOptions;
    }

    private static List<String> limited(List<String> own) {
        if (own.stream().anyMatch(option -> option.matches("-Xmx.*|-XX:(MaxHeapSize|MaxRAM).*"))) {
            return own;
        }
        List<String> options = new ArrayList<>(SMALL);
        if (own.stream().anyMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
            options.remove(SERIAL);
        }
        options.addAll(own);
        return List.copyOf(options);
    }

    /** The sidecar, as this process was started. */
    List<String> sidecar(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(sidecarOptions());
        String classPath = System.getProperty("java.class.path");
        if (isOneJar(classPath)) {
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
        command.addAll(List.of(
                END_WITH_MEMORY, Faults.option(fault), "-cp", faultyClassPath(), FaultySidecar.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** As it is, where it can be: a class-data-sharing archive fits only the path that it was made with. */
    private String faultyClassPath() {
        String classPath = System.getProperty("java.class.path");
        return isOneJar(classPath) && ClassPath.holdsJars(classPath) ? wholeClassPath : classPath;
    }

    private static boolean isOneJar(String classPath) {
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
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
