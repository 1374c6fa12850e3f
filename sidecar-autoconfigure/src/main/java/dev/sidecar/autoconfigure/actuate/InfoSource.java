package dev.sidecar.autoconfigure.actuate;

import dev.sidecar.SidecarInfo;

/**
 * Who answers {@code /actuator/sidecar} what this is, where that is not {@link dev.sidecar.Sidecar#info()}: a program
 * that is more than its engines contributes a bean of it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface InfoSource {

    /** As things are now. */
    SidecarInfo info();
}
