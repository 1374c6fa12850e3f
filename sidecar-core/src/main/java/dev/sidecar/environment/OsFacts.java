package dev.sidecar.environment;

import org.jspecify.annotations.Nullable;

/**
 * The operating system; in a container that of its image, on the host's kernel.
 *
 * @param type such as {@code linux}
 * @param name such as {@code Debian GNU/Linux}
 * @param version of the distribution
 * @param kernel release of the kernel
 */
public record OsFacts(String type, String name, @Nullable String version, @Nullable String kernel) {}
