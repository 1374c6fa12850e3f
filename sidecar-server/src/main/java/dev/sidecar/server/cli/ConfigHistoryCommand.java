package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.config.ConfigHistory;
import dev.sidecar.config.ConfigVersion;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sidecar config history}. */
@Command(
        name = "history",
        description = "List the versions of a value that are kept, newest first: number, when, who, value."
                + " Exit code 1 where there is none.",
        mixinStandardHelpOptions = true)
final class ConfigHistoryCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(paramLabel = "KEY", description = "such as orders.db.url")
    private String key = "";

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        ConfigHistory history = sidecar.config().history(key);
        if (client.json()) {
            client.printJson(history);
        } else {
            history.versions().forEach(version -> client.out().println(line(version)));
        }
        if (history.versions().isEmpty()) {
            throw new StartupFailure(1, "'" + key + "' never had a value in the store");
        }
        return 0;
    }

    private static String line(ConfigVersion version) {
        String value = version.value() == null ? "(deleted)" : ConfigReadCommand.text(version.value());
        return version.version() + "  " + version.updatedAt() + "  " + version.who() + "  " + value;
    }
}
