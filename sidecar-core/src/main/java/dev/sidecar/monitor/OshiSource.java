package dev.sidecar.monitor;

import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;

/**
 * Numbers by OSHI, for systems that have no {@code /proc}. It knows of no control groups, pressure, proportional memory
 * or killed processes.
 */
final class OshiSource implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(OshiSource.class);

    private final OshiHost host;
    private final OshiProcesses processes;

    private OshiSource(SystemInfo system, BoundedReads reads, long self) {
        this.host = new OshiHost(system, reads);
        this.processes = new OshiProcesses(system.getOperatingSystem(), self);
    }

    /** The source, or the other one where OSHI is not for this system or its native library cannot be loaded. */
    static Source or(Source other, BoundedReads reads, long self) {
        try {
            return new OshiSource(new SystemInfo(), reads, self);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the monitor has no numbers on this system: {}", e.toString());
            return other;
        }
    }

    @Override
    public Reading read(long nowNanos, OptionalLong app, List<String> unknown) {
        HostSample machine = host.read(unknown);
        ProcessTreeSample tree = null;
        if (app.isPresent()) {
            tree = processes.tree(app.getAsLong(), nowNanos);
        } else {
            processes.forget();
        }
        return new Reading(machine, null, tree, processes.self(nowNanos));
    }
}
