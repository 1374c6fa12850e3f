package dev.sidecar.server.cli;

import dev.sidecar.server.ServerApplication;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the Spring application behind run and attach, from the command line's properties. */
final class Server {

    private Server() {}

    /**
     * Starts it; the API is up when this returns.
     *
     * @param properties of the command line, which win over everything
     * @param config as given, null for {@code ./sidecar.yml} if it is there
     * @param derivedName the service's name when nobody gives one
     * @param check looks at everything that was configured, and throws where the verb cannot do with it
     * @throws StartupFailure with a message for people
     */
    static ConfigurableApplicationContext start(
            Map<String, String> properties, @Nullable Path config, String derivedName, Consumer<Environment> check) {
        Path file = ConfigFile.find(config).orElse(null);
        if (file != null) {
            ConfigJudgement.judge(file).forEach(warning -> System.err.println("sidecar: warning: " + warning));
        }
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put("spring.config.location", "optional:classpath:/" + (file == null ? "" : ",file:" + file));
        List<String> arguments = new ArrayList<>();
        all.forEach((key, value) -> arguments.add("--" + key + "=" + value));

        SpringApplication application = ServerApplication.create();
        application.setEnvironment(new ServerEnvironment());
        application.setDefaultProperties(Map.of(
                "sidecar.app.name", derivedName,
                "logging.level.root", "warn",
                "logging.level.io.micrometer", "error",
                "logging.level.dev.sidecar", "info",
                "logging.level.org.springframework.boot.SpringApplication", "off",
                "logging.level.org.springframework.boot.diagnostics", "off",
                "logging.level.org.springframework.boot.web.server.servlet.context", "error"));
        application.addInitializers(context -> StandardErrorLog.redirect());
        application.addInitializers(context -> check.accept(context.getEnvironment()));
        if (file != null) {
            application.addInitializers(context -> context.getBeanFactory()
                    .registerSingleton("configurationFile", new ConfigurationFile(file, context.getEnvironment())));
        }
        try {
            return application.run(arguments.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw StartFailures.explain(e);
        }
    }
}
