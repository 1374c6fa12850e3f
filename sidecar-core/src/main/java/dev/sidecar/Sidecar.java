package dev.sidecar;

import dev.sidecar.config.Config;
import dev.sidecar.discovery.Discovery;
import dev.sidecar.environment.Environment;
import dev.sidecar.health.Health;
import dev.sidecar.logging.Logs;
import dev.sidecar.monitor.Monitor;
import dev.sidecar.resilience.Resilience;
import dev.sidecar.watchdog.Watchdog;

/**
 * The platform services of one application instance.
 *
 * <p>Code above this interface cannot tell whether the engines run in this process
 * ({@link Delivery#LIBRARY}) or in a process beside it ({@link Delivery#SIDECAR}). Implementations are
 * thread-safe. Features throw {@link SidecarException} with a stable code when a command is refused, and
 * {@link SidecarUnavailableException} when the process beside this one does not answer and there is no
 * fallback.
 */
public interface Sidecar extends AutoCloseable {

    /** Who this is and what it offers. */
    SidecarInfo info();

    /** Whether the services are whole: UP, or DEGRADED with the reason and since when. */
    SidecarStatus status();

    Logs logs();

    Discovery discovery();

    Health health();

    Watchdog watchdog();

    Config config();

    Resilience resilience();

    Environment environment();

    Monitor monitor();

    /** Withdraws registrations, flushes logs and stops threads. May be called more than once. */
    @Override
    void close();
}
