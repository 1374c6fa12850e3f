package dev.sidecar.config;

import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.SidecarHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once for all processes of the home. Left to itself the driver unpacks it at each
 * start into the directory for temporary files, where it stays when the process is killed.
 */
final class SqliteLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";
    private static final Object ONE_AT_A_TIME = new Object();

    private SqliteLibrary() {}

    /** Before the driver is used first. What the user set wins; what cannot be done is left to the driver. */
    static void place(SidecarHome home) {
        synchronized (ONE_AT_A_TIME) {
            if (System.getProperty(PATH) != null || System.getProperty("org.sqlite.tmpdir") != null) {
                return;
            }
            try {
                Path library = unpacked(home);
                System.setProperty(NAME, library.getFileName().toString());
                System.setProperty(PATH, home.libraries().toString());
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("SQLite's library is unpacked for this process alone: {}", e.getMessage());
            }
        }
    }

    private static Path unpacked(SidecarHome home) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        Path library = home.libraries().resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + name);
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the driver has no " + resource);
            }
            if (!Files.exists(library)) {
                AtomicFiles.replace(library, in.readAllBytes(), true);
            }
        }
        return library;
    }
}
