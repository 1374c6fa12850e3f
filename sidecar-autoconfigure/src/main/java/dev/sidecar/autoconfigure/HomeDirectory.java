package dev.sidecar.autoconfigure;

import dev.sidecar.runtime.SidecarHome;
import java.nio.file.Path;

/** {@code sidecar.home} as people write it: {@code ~} is the user's home, as in a shell. */
final class HomeDirectory {

    private HomeDirectory() {}

    static SidecarHome of(String home) {
        String path =
                home.equals("~") || home.startsWith("~/") ? System.getProperty("user.home") + home.substring(1) : home;
        return new SidecarHome(Path.of(path).toAbsolutePath().normalize());
    }
}
