package dev.sidecar.environment;

import org.jspecify.annotations.Nullable;

/** Who the application runs as. */
public record UserFacts(@Nullable String name, @Nullable Long uid, @Nullable Long gid, @Nullable String home) {}
