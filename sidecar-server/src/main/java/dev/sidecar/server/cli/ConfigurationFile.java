package dev.sidecar.server.cli;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.server.ConfigurationSource;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.nio.file.Path;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/** Reads the file of {@code --config} again, judged as at the start. */
record ConfigurationFile(Path file, ConfigurableEnvironment started) implements ConfigurationSource {

    @Override
    public ConfigurableEnvironment read() {
        try {
            ConfigJudgement.judge(file);
        } catch (StartupFailure wrong) {
            throw new SidecarException(
                    Problem.of(400, "invalid-configuration", String.valueOf(wrong.getMessage())), wrong);
        }
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                // Only what the process was started with.
            }
        };
        for (PropertySource<?> source : started.getPropertySources()) {
            boolean fromFile = source instanceof OriginTrackedMapPropertySource;
            if (!fromFile && !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                environment.getPropertySources().addLast(source);
            }
        }
        ConfigDataEnvironmentPostProcessor.applyTo(
                environment, new DefaultResourceLoader(), new DefaultBootstrapContext());
        return environment;
    }
}
