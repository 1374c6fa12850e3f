package dev.sidecar.config.render;

import dev.sidecar.SidecarException;
import dev.sidecar.Subscription;
import dev.sidecar.config.Config;
import dev.sidecar.runtime.Threads;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files equal to the configuration, and has the application told by a signal when one was changed. A file that
 * cannot be written stays as it was, and is tried again.
 */
public final class ConfigRendering implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigRendering.class);

    private static final String NOT_RENDERED = "'{}' stays as it was, it cannot be rendered: {}";

    /** In milliseconds: changes that come together make one file and one signal. */
    private static final long TOGETHER = 20;

    /** In milliseconds. */
    private static final long AGAIN = 5_000;

    private final Config config;
    private final List<RenderedFile> files;
    private final Consumer<String> signal;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer = Threads.timer("config-render");
    private final Subscription watch;

    private ConfigRendering(Config config, List<RenderedFile> files, long index, Consumer<String> signal) {
        this.config = config;
        this.files = files;
        this.signal = signal;
        this.watch = config.watch("", index, change -> renderSoon(TOGETHER));
    }

    /**
     * Renders all files, and again after each change until closed.
     *
     * @param signal is given a name such as {@code HUP} after a change; not for the files of the start
     * @throws SidecarException {@code config-not-rendered} when a file cannot be written at the start
     */
    public static ConfigRendering start(Config config, List<RenderOptions> options, Consumer<String> signal) {
        List<RenderedFile> files = options.stream().map(RenderedFile::new).toList();
        long index = 0;
        for (RenderedFile file : files) {
            try {
                index = config.entries("").index();
                file.render(config);
            } catch (SidecarException e) {
                // The store cannot be read: what was rendered before is better than an application that is not there.
                LOG.error(NOT_RENDERED, file.options().destination(), e.getMessage());
                index = 0;
            } catch (IOException e) {
                throw SidecarException.invalid(
                        "config-not-rendered",
                        "sidecar.config.render: '" + file.options().destination() + "' cannot be written: "
                                + e.getMessage() + "; give a file in a directory that is there and can be written");
            }
        }
        return new ConfigRendering(config, files, index, signal);
    }

    private void renderSoon(long delayMs) {
        if (due.compareAndSet(false, true) && !timer.isShutdown()) {
            timer.schedule(this::render, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private void render() {
        due.set(false);
        Set<String> signals = new LinkedHashSet<>();
        boolean failed = false;
        for (RenderedFile file : files) {
            try {
                String name = file.options().signal();
                if (file.render(config) && name != null) {
                    signals.add(name);
                }
            } catch (IOException | RuntimeException e) {
                failed = true;
                LOG.error(NOT_RENDERED, file.options().destination(), e.getMessage());
            }
        }
        signals.forEach(this::send);
        if (failed) {
            renderSoon(AGAIN);
        }
    }

    private void send(String name) {
        try {
            signal.accept(name);
        } catch (RuntimeException e) {
            LOG.error("signal {} was not sent after the configuration was changed", name, e);
        }
    }

    @Override
    public void close() {
        watch.close();
        timer.shutdownNow();
    }
}
