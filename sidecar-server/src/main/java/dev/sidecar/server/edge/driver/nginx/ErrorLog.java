package dev.sidecar.server.edge.driver.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What NGINX writes to its error log from now on: the only place where a master says why it did not reload. */
final class ErrorLog {

    private static final int MAX_READ = 64 << 10;

    private final @Nullable Path file;
    private final long begin;

    ErrorLog(@Nullable Path file) {
        this.file = file;
        this.begin = size(file);
    }

    private static long size(@Nullable Path file) {
        try {
            return file == null ? 0 : Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Lines that say the master gave up; empty when there are none. */
    String refusals() {
        if (file == null || size(file) <= begin) {
            return "";
        }
        try (InputStream stream = Files.newInputStream(file)) {
            stream.skipNBytes(begin);
            return new String(stream.readNBytes(MAX_READ), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("[emerg]"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "";
        }
    }
}
