package dev.sidecar.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a file could not be written: because of what was asked for, or of a disk that may take it later. */
public final class DiskFailure {

    /** The words of the operating system, which the JDK hands on: {@code ENOSPC}, {@code EDQUOT}, {@code EROFS}. */
    private static final List<String> PASSING =
            List.of("No space left on device", "Disk quota exceeded", "Read-only file system");

    private DiskFailure() {}

    /** Whether the disk is full, over its quota or read-only, which somebody may mend while this process runs. */
    public static boolean mayPass(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (PASSING.stream().anyMatch(message::contains)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
