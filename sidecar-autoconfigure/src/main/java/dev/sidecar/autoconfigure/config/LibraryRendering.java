package dev.sidecar.autoconfigure.config;

import dev.sidecar.Sidecar;
import dev.sidecar.config.render.ConfigRendering;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Files made of the values by the library. It has nobody to send a signal to: the application is told by events. */
final class LibraryRendering implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LibraryRendering.class);

    private final Sidecar sidecar;
    private final ConfigProperties properties;
    private @Nullable ConfigRendering rendering;

    LibraryRendering(Sidecar sidecar, ConfigProperties properties) {
        this.sidecar = sidecar;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() {
        if (!properties.renderedFiles().isEmpty()) {
            rendering = ConfigRendering.start(
                    sidecar.config(),
                    properties.renderedFiles(),
                    signal -> log.debug("Signal {} is not sent: there is no process beside the library", signal));
        }
    }

    @Override
    public void destroy() {
        if (rendering != null) {
            rendering.close();
        }
    }
}
