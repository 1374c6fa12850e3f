package dev.sidecar.server.security;

import dev.sidecar.runtime.AtomicFiles;
import dev.sidecar.runtime.DiskFailure;
import dev.sidecar.runtime.Threads;
import dev.sidecar.server.StartupProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret of TCP callers, and the file (0600) where the user of this process can read it while it runs. */
public final class ApiToken implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiToken.class);

    private static final Duration REST = Duration.ofSeconds(1);

    private final String value;
    private final Path file;
    private volatile @Nullable Thread waiting;

    private ApiToken(String value, Path file) {
        this.value = value;
        this.file = file;
    }

    /**
     * Writes the file. On a disk that is full or read-only it is tried again until it can be written: the application
     * is handed the token all the same.
     *
     * @param configured a token of the user's, or null for a random one
     */
    public static ApiToken publish(@Nullable String configured, Path file) {
        check(configured);
        ApiToken token = new ApiToken(configured == null ? random() : configured, file);
        try {
            token.write();
        } catch (IOException e) {
            if (!DiskFailure.mayPass(e)) {
                throw new StartupProblem(
                        "sidecar.home: cannot write '" + token.file + "': " + e.getMessage(),
                        "Set sidecar.home (SIDECAR_HOME) to a directory this process may write to.");
            }
            log.warn("the token cannot be written to {} yet: {}", token.file, e.getMessage());
            Thread later = Threads.named("token-file", token::writeLater);
            token.waiting = later;
            later.start();
        }
        return token;
    }

    private void write() throws IOException {
        Path directory = file.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        AtomicFiles.replace(file, bytes(), false);
    }

    private void writeLater() {
        while (waiting != null) {
            try {
                Thread.sleep(REST.toMillis());
                write();
                log.info("the token is in {}", file);
                return;
            } catch (IOException e) {
                log.debug("the token cannot be written to {} yet", file, e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws StartupProblem where a header could not carry what is configured */
    public static void check(@Nullable String token) {
        if (token != null && (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127))) {
            throw new StartupProblem(
                    "sidecar.api.token: is empty or has characters that a header cannot carry",
                    "Use printable ASCII without spaces, or leave it out to have one made.");
        }
    }

    public String value() {
        return value;
    }

    public Path file() {
        return file;
    }

    byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Removes the file, unless another sidecar has put its own token there since. */
    @Override
    public void close() {
        Thread later = waiting;
        waiting = null;
        if (later != null) {
            later.interrupt();
        }
        try {
            if (Arrays.equals(Files.readAllBytes(file), bytes())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.debug("cannot remove {}", file, e);
        }
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "ApiToken[" + file + "]";
    }
}
