package dev.sidecar.server.supervisor;

import dev.sidecar.SidecarException;
import dev.sidecar.config.Config;
import dev.sidecar.config.render.ConfigRendering;
import dev.sidecar.config.render.RenderOptions;
import dev.sidecar.config.render.Variables;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sidecar.config.render}: what an application that reads only files and variables finds of the configuration.
 *
 * @param variables the prefixes of what is put into its environment
 */
record AppConfig(List<RenderOptions> files, List<String> variables) {

    private static final Logger LOG = LoggerFactory.getLogger(AppConfig.class);

    /** As things are now. Without the store, what there is without it is better than no start. */
    Map<String, String> environment(Config config) {
        Map<String, String> result = new HashMap<>();
        for (String prefix : variables) {
            try {
                result.putAll(Variables.of(config.entries(prefix).entries()));
            } catch (SidecarException e) {
                LOG.error("the application starts without variables of the configuration: {}", e.getMessage());
            }
        }
        return result;
    }

    /** Renders the files now, and after each change until closed. */
    AutoClosed render(Config config, Consumer<AppSignal> signal) {
        if (files.isEmpty()) {
            return () -> {};
        }
        try {
            return ConfigRendering.start(config, files, name -> signal.accept(AppSignal.valueOf(name)))::close;
        } catch (SidecarException e) {
            throw new StartupFailure(ExitCodes.CONFIG, String.valueOf(e.getMessage()));
        }
    }

    /** Closes without an exception. */
    @FunctionalInterface
    interface AutoClosed extends AutoCloseable {
        @Override
        void close();
    }
}
