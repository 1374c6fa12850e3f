package dev.sidecar.server.cli;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import dev.sidecar.server.supervisor.AttachedApp;
import dev.sidecar.server.supervisor.PairRunner;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sidecar attach}. */
@Command(
        name = "attach",
        description = "Guard an application that somebody else started; ends when it ends.",
        mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--pid", paramLabel = "PID", description = "process of the application")
    private @Nullable Long pid;

    @Override
    public Integer call() {
        AttachedApp app = pid == null ? AttachedApp.unknown() : AttachedApp.of(pid);
        Map<String, String> properties = options.properties();
        try (ConfigurableApplicationContext context =
                Server.start(properties, options.config, app.derivedName(), this::check)) {
            return context.getBean(PairRunner.class).attach(app);
        }
    }

    private void check(Environment configured) {
        if (pid == null && !configured.containsProperty("sidecar.app.port")) {
            throw new StartupFailure(
                    ExitCodes.USAGE, "attach needs --pid or --app-port, or sidecar.app.port in the configuration");
        }
    }
}
