package dev.sidecar.server.edge.driver.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code nginx -T} printed: every file that is a part of the configuration, each after a line with its name.
 *
 * @param output the file it was printed to
 */
record Dump(Path output) {

    private static final String HEADING = "# configuration file ";

    /** Whether the file is a part, under any of its names; a program that prints no dump is believed. */
    boolean has(Path... names) {
        try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
            List<Path> parts = lines.filter(line -> line.startsWith(HEADING) && line.endsWith(":"))
                    .map(line -> Path.of(line.substring(HEADING.length(), line.length() - 1)))
                    .toList();
            return parts.isEmpty()
                    || parts.stream().anyMatch(part -> Arrays.stream(names).anyMatch(name -> same(part, name)));
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean same(Path one, Path other) {
        try {
            return one.equals(other.normalize()) || Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
