package dev.sidecar.server.cli;

import dev.sidecar.Sidecar;
import dev.sidecar.config.ConfigEntries;
import dev.sidecar.config.ConfigEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sidecar config list}. */
@Command(
        name = "list",
        description = "List the effective values with their origin and version.",
        mixinStandardHelpOptions = true)
final class ConfigListCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "a key, for it and all below it")
    private String prefix = "";

    @Override
    public Integer call() {
        return client.ask(this::show);
    }

    private int show(Sidecar sidecar) {
        ConfigEntries entries = sidecar.config().entries(prefix);
        if (client.json()) {
            client.printJson(entries);
        } else {
            entries.entries().forEach(entry -> client.out().println(line(entry)));
        }
        return 0;
    }

    private static String line(ConfigEntry entry) {
        String version = entry.version() == null ? "" : " " + entry.version();
        return entry.key() + "=" + ConfigReadCommand.text(entry.value()) + "  (" + entry.origin() + version + ")";
    }
}
