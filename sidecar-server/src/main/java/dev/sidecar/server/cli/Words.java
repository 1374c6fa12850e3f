package dev.sidecar.server.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The words that would have been understood in the place of one that was not. */
final class Words {

    private Words() {}

    static List<String> of(CommandLine line, String word) {
        if (!word.startsWith("-")) {
            return List.copyOf(line.getSubcommands().keySet());
        }
        List<String> options = new ArrayList<>();
        line.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
        return options;
    }
}
