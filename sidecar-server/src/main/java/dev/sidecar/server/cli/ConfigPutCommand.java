package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.ConfigValues;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** {@code sidecar config put}. */
@Command(name = "put", description = "Write a value.", mixinStandardHelpOptions = true)
final class ConfigPutCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Mixin
    private ConfigConditionOptions condition = new ConfigConditionOptions();

    @Option(names = "--create", description = "only if there is none")
    private boolean create;

    @Option(names = "--text", description = "a string, also where it is JSON, such as 42 or true")
    private boolean text;

    @Parameters(index = "0", paramLabel = "KEY", description = "such as orders.db.url")
    private String key = "";

    @Parameters(
            index = "1",
            paramLabel = "VALUE",
            description = "JSON; what is not JSON is a string; - for standard input")
    private String value = "";

    @Override
    public Integer call() {
        return client.ask(this::put);
    }

    private int put(Sidecar sidecar) {
        ConfigEntry written = sidecar.config().put(key, parsed(given()), condition.toCondition(create));
        if (client.json()) {
            client.printJson(written);
        } else {
            client.out().println("version " + written.version());
        }
        return 0;
    }

    private String given() {
        if (!value.equals("-")) {
            return value;
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartupFailure(ExitCodes.SOFTWARE, "standard input cannot be read: " + e.getMessage());
        }
    }

    private JsonNode parsed(String given) {
        if (text || given.isBlank()) {
            return StringNode.valueOf(given);
        }
        try {
            return ConfigValues.parse(given);
        } catch (JacksonException e) {
            return StringNode.valueOf(given);
        }
    }
}
