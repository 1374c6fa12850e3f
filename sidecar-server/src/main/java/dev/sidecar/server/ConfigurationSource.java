package dev.sidecar.server;

import dev.sidecar.SidecarException;
import java.nio.file.Path;
import org.springframework.core.env.ConfigurableEnvironment;

/** The configuration file of this process, where it was started with one. Thread-safe. */
public interface ConfigurationSource {

    /** Where it is; may be gone by now. */
    Path file();

    /**
     * What the process would be started with now: the file, under what the command line and the environment said.
     *
     * @throws SidecarException {@code invalid-configuration} with all that is wrong in the file
     */
    ConfigurableEnvironment read();
}
