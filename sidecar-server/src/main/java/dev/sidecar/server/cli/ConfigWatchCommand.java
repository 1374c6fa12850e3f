package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.config.Config;
import dev.sidecar.config.ConfigChange;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sidecar config watch}. */
@Command(name = "watch", description = "Print each change, until the sidecar stops.", mixinStandardHelpOptions = true)
final class ConfigWatchCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Option(
            names = "--after",
            paramLabel = "INDEX",
            description = "changes after this one too; 0 for all that are kept")
    private long after = Config.NOW;

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "a key, for it and all below it")
    private String prefix = "";

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        try (var watch = sidecar.config().watch(prefix, after, this::print)) {
            client.awaitStop(sidecar);
        }
        return 0;
    }

    private synchronized void print(ConfigChange change) {
        if (client.json()) {
            client.printJson(change);
        } else {
            String value = change.value() == null ? "" : " " + ConfigReadCommand.text(change.value());
            client.out()
                    .println(change.index() + " " + change.type().name().toLowerCase(Locale.ROOT) + " " + change.key()
                            + value);
        }
        client.out().flush();
    }
}
