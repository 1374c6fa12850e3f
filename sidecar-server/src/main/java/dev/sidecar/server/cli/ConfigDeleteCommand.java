package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sidecar config delete}. */
@Command(
        name = "delete",
        description = "Remove a value from the store. Exit code 1 where there is none.",
        mixinStandardHelpOptions = true)
final class ConfigDeleteCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Mixin
    private ConfigConditionOptions condition = new ConfigConditionOptions();

    @Parameters(paramLabel = "KEY", description = "such as orders.db.url")
    private String key = "";

    @Override
    public Integer call() {
        return client.ask(this::delete);
    }

    private int delete(Sidecar sidecar) {
        if (!sidecar.config().delete(key, condition.toCondition(false))) {
            throw new StartupFailure(1, "'" + key + "' has no value in the store");
        }
        return 0;
    }
}
