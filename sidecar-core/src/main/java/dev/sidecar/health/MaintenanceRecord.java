package dev.sidecar.health;

import dev.sidecar.Identity;
import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.SidecarHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * An operator's word, kept for the same instance when it comes again after a restart.
 *
 * <p>An instance whose name is made from the number of this process never comes again: its word ends with it, and is
 * not written down.
 */
final class MaintenanceRecord {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceRecord.class);

    private final SidecarHome home;
    private final @Nullable String file;
    private volatile Maintenance current;

    MaintenanceRecord(SidecarHome home, Identity identity) {
        boolean comesAgain =
                !identity.instance().endsWith("-" + ProcessHandle.current().pid());
        this.home = home;
        this.file = comesAgain ? identity.name() + "@" + identity.instance() + ".json" : null;
        this.current = read();
    }

    Maintenance current() {
        return current;
    }

    /** A further word does not begin it anew. */
    synchronized Maintenance set(boolean enabled, @Nullable String reason, Instant now) {
        Instant since = current.since() == null ? now : current.since();
        Maintenance next = enabled ? new Maintenance(true, reason, since) : Maintenance.OFF;
        if (file != null) {
            try {
                write(file, next);
            } catch (IOException | UncheckedIOException e) {
                String path = home.path().resolve("maintenance").toString();
                throw new SidecarException(
                        Problem.of(
                                500,
                                "maintenance-not-saved",
                                "Maintenance stays as it was, for it could not be written to '" + path + "': "
                                        + e.getMessage() + "; make the directory writable"),
                        e);
            }
        }
        current = next;
        return next;
    }

    private void write(String name, Maintenance next) throws IOException {
        Path target = home.maintenance().resolve(name);
        if (next.enabled()) {
            AtomicFiles.replace(target, SidecarJson.mapper().writeValueAsBytes(next), true);
        } else {
            Files.deleteIfExists(target);
        }
    }

    private Maintenance read() {
        Path source = file == null ? null : home.path().resolve("maintenance").resolve(file);
        if (source == null || !Files.exists(source)) {
            return Maintenance.OFF;
        }
        try {
            Maintenance kept = SidecarJson.mapper().readValue(Files.readAllBytes(source), Maintenance.class);
            LOG.warn(
                    "In maintenance since {}: {}; this goes on until an operator ends it", kept.since(), kept.reason());
            return kept;
        } catch (IOException | JacksonException e) {
            // That the file is there is the word; what it says is only the reason.
            LOG.warn("In maintenance, as '{}' is there, but it cannot be read: {}", source, e.getMessage());
            return new Maintenance(true, "kept from before a restart", null);
        }
    }
}
