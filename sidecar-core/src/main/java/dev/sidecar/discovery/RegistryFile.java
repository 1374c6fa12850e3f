package dev.sidecar.discovery;

import java.time.Instant;

/** What was found under a name in the registry's directory. */
sealed interface RegistryFile {

    record Absent() implements RegistryFile {}

    /**
     * Not to be trusted.
     *
     * @param ours whether its name says that it was once a row
     */
    record Damaged(String reason, boolean ours, Instant modifiedAt) implements RegistryFile {}

    record Present(RegistryRow row) implements RegistryFile {}
}
