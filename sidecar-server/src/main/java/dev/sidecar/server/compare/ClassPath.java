package dev.sidecar.server.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The classes this process runs on, for probes: what is measured is what is shipped, without the server's frameworks. */
final class ClassPath {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String RESOURCES = "META-INF/";
    private static final Pattern SERVERS_OWN = Pattern.compile(
            "(spring|tomcat|netty|logback|log4j|jul-to|prometheus|pebble|unbescape|picocli|snakeyaml|java-diff|uplot|micrometer-registry).*");

    private ClassPath() {}

    /** All entries. A jar that holds jars is unpacked into the directory. */
    static List<Path> whole(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isRegularFile(path)) {
                all.addAll(expanded(path, directory));
            } else {
                all.add(path);
            }
        }
        return all;
    }

    static String forProbes(List<Path> whole) {
        return joined(whole.stream()
                .filter(path ->
                        !SERVERS_OWN.matcher(String.valueOf(path.getFileName())).matches())
                .toList());
    }

    /** Whether it is a jar that only its own launcher can run. */
    static boolean holdsJars(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.getEntry(CLASSES) != null;
        } catch (IOException e) {
            return false;
        }
    }

    static String joined(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> expanded(Path jar, Path directory) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getEntry(CLASSES) != null) {
                return unpacked(file, directory);
            }
            List<Path> entries = new ArrayList<>(List.of(jar));
            Manifest manifest = file.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (more != null) {
                Arrays.stream(more.split(" ")).map(jar::resolveSibling).forEach(entries::add);
            }
            return entries;
        }
    }

    private static List<Path> unpacked(JarFile file, Path directory) throws IOException {
        List<Path> entries = new ArrayList<>(List.of(directory.resolve(CLASSES)));
        for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
            JarEntry entry = all.nextElement();
            String name = entry.getName();
            boolean library = name.startsWith(LIBRARIES) && name.endsWith(".jar");
            // What was in META-INF beside the classes, property metadata for one, is packed at the root.
            boolean resource = name.startsWith(RESOURCES);
            if (entry.isDirectory() || !library && !resource && !name.startsWith(CLASSES)) {
                continue;
            }
            Path target = directory.resolve(resource ? CLASSES + name : name).normalize();
            if (!target.startsWith(directory)) {
                throw new IOException("'" + name + "' leads out of the jar");
            }
            Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
            try (var in = file.getInputStream(entry)) {
                Files.copy(in, target);
            }
            if (library) {
                entries.add(target);
            }
        }
        return entries;
    }
}
