package dev.sidecar.config;

import dev.sidecar.SidecarException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store works, as its use has shown. While it does not it is tried when somebody asks. Thread-safe. */
final class StoreHealth {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    private static final long PROBE_AFTER_MS = 1_000;

    private final Runnable probe;
    private @Nullable ConfigTrouble trouble;
    private long lookedMs;

    StoreHealth(Runnable probe) {
        this.probe = probe;
    }

    /** What can be read may still not be written, so only a write shows that all is well. */
    <T> T observe(boolean write, Supplier<T> work) {
        try {
            T result = work.get();
            if (write) {
                works();
            }
            return result;
        } catch (SidecarException e) {
            if (e.code().startsWith("config-store-")) {
                fails(String.valueOf(e.getMessage()));
            } else if (write) {
                works();
            }
            throw e;
        }
    }

    private synchronized void works() {
        if (trouble != null) {
            trouble = null;
            LOG.info("The config store works again");
        }
    }

    private synchronized void fails(String reason) {
        if (trouble == null) {
            LOG.warn("{}", reason);
        }
        trouble = new ConfigTrouble(reason, trouble == null ? Instant.now() : trouble.since());
        lookedMs = nowMs();
    }

    @Nullable
    ConfigTrouble trouble() {
        synchronized (this) {
            if (trouble == null || nowMs() - lookedMs < PROBE_AFTER_MS) {
                return trouble;
            }
            lookedMs = nowMs();
        }
        try {
            observe(true, () -> {
                probe.run();
                return true;
            });
        } catch (SidecarException e) {
            LOG.debug("Still not", e);
        }
        synchronized (this) {
            return trouble;
        }
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
