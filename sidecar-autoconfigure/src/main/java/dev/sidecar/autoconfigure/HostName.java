package dev.sidecar.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine or container, asked of the kernel first because asking the network can take seconds. */
final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** In letters that a service instance may be named with; {@code localhost} where there is no name. */
    static String current() {
        String name = raw().trim().replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._-]+", "");
        return name.isEmpty() ? "localhost" : name;
    }

    private static String raw() {
        try {
            return Files.isReadable(KERNEL)
                    ? Files.readString(KERNEL)
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
