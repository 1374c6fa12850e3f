package dev.sidecar.server.cli;

import dev.sidecar.Version;
import dev.sidecar.json.NearestName;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
@Command(
        name = "sidecar",
        description = "Platform services for any application, in a process beside it.",
        mixinStandardHelpOptions = true,
        versionProvider = SidecarCommand.ProductVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            AttachCommand.class,
            WaitCommand.class,
            HealthCommand.class,
            ServicesCommand.class,
            LogsCommand.class,
            ConfigCommand.class,
            EdgeCommand.class,
            StopCommand.class,
            ValidateCommand.class,
            CompareCommand.class,
            TrainCommand.class
        })
public final class SidecarCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Runs the verb and returns the exit code of the process. */
    public static int execute(String[] args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SidecarCommand());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(failure -> ExitCodes.SOFTWARE)
                .setParameterExceptionHandler(SidecarCommand::usageError)
                .setExecutionExceptionHandler(SidecarCommand::failure);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** One line for what is wrong, one for what may have been meant, one for where to read more. */
    private static int usageError(ParameterException error, String[] args) {
        CommandLine line = error.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("sidecar: " + decapitalized(String.valueOf(error.getMessage())));
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            NearestName.of(word.replaceFirst("=.*", ""), Words.of(line, word))
                    .ifPresent(nearest -> err.println("Did you mean " + nearest + "?"));
        }
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCodes.USAGE;
    }

    private static String decapitalized(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static int failure(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        int code = error instanceof StartupFailure failure ? failure.exitCode() : ExitCodes.SOFTWARE;
        err.println(
                error instanceof StartupFailure
                        ? "sidecar: " + error.getMessage()
                        : "sidecar: internal error: " + error + " (SIDECAR_DEBUG=1 shows where)");
        if (code == ExitCodes.SOFTWARE && System.getenv("SIDECAR_DEBUG") != null) {
            error.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    /** For {@code --version}. */
    static final class ProductVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sidecar " + Version.current()};
        }
    }
}
