package dev.sidecar.server.cli;

import dev.sidecar.config.ConfigCondition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must be so for a write to be done. */
final class ConfigConditionOptions {

    @Option(names = "--if-version", paramLabel = "N", description = "only if this is the current version")
    private @Nullable Long version;

    ConfigCondition toCondition(boolean create) {
        if (create) {
            return ConfigCondition.absent();
        }
        return version == null ? ConfigCondition.any() : ConfigCondition.version(version);
    }
}
