package dev.sidecar.server.cli;

import dev.sidecar.server.supervisor.AttachedApp;
import dev.sidecar.server.supervisor.PairRunner;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sidecar attach}. */
@Command(
        name = "attach",
        description = "Guard an application that somebody else started; ends when it ends.",
        mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--pid", paramLabel = "PID", description = "process of the application")
    private @Nullable Long pid;

    @Override
    public Integer call() {
        if (pid == null && options.appPort == null) {
            throw new ParameterException(spec.commandLine(), "attach needs --pid or --app-port");
        }
        AttachedApp app = pid == null ? AttachedApp.unknown() : AttachedApp.of(pid);
        Map<String, String> properties = options.properties();
        try (ConfigurableApplicationContext context = Server.start(properties, options.config, app.derivedName())) {
            return context.getBean(PairRunner.class).attach(app);
        }
    }
}
