package dev.sidecar.server.cli;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stands for verbs that are promised and not there yet. */
@Command(hidden = true)
final class LaterCommand implements Callable<Integer> {

    static final List<String> VERBS = List.of("compare");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(hidden = true)
    private List<String> ignored = new ArrayList<>();

    @Override
    public Integer call() {
        throw new StartupFailure(ExitCodes.USAGE, "'" + spec.name() + "' is not in this version");
    }
}
