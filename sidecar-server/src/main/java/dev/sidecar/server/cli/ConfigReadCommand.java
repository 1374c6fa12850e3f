package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code sidecar config get}. */
@Command(
        name = "get",
        description = "Print a value: a string as it is, anything else as JSON. Exit code 1 where there is none.",
        mixinStandardHelpOptions = true)
final class ConfigReadCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(paramLabel = "KEY", description = "such as orders.db.url")
    private String key = "";

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        ConfigEntry entry =
                sidecar.config().get(key).orElseThrow(() -> new StartupFailure(1, "'" + key + "' has no value"));
        if (client.json()) {
            client.printJson(entry);
        } else {
            client.out().println(text(entry.value()));
        }
        return 0;
    }

    static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
