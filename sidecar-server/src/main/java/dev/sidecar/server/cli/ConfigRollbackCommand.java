package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.config.ConfigEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sidecar config rollback}. */
@Command(
        name = "rollback",
        description = "Make the value of an old version current again, as a new version.",
        mixinStandardHelpOptions = true)
final class ConfigRollbackCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Mixin
    private ConfigConditionOptions condition = new ConfigConditionOptions();

    @Parameters(index = "0", paramLabel = "KEY", description = "such as orders.db.url")
    private String key = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "a number that 'history' lists")
    private long version;

    @Override
    public Integer call() {
        return client.ask(this::roll);
    }

    private int roll(Sidecar sidecar) {
        ConfigEntry written = sidecar.config().rollback(key, version, condition.toCondition(false));
        if (client.json()) {
            client.printJson(written);
        } else {
            client.out().println("version " + written.version());
        }
        return 0;
    }
}
