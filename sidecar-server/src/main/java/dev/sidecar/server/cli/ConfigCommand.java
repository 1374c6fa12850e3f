package dev.sidecar.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sidecar config}. */
@Command(
        name = "config",
        description = "Read, write and watch configuration.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConfigReadCommand.class,
            ConfigPutCommand.class,
            ConfigDeleteCommand.class,
            ConfigListCommand.class,
            ConfigWatchCommand.class,
            ConfigHistoryCommand.class,
            ConfigRollbackCommand.class
        })
final class ConfigCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: get, put, delete, list, watch, history or rollback");
    }
}
