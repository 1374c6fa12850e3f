package dev.sidecar.server.cli;

import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sidecar stop}. */
@Command(
        name = "stop",
        description = "End the pair in an orderly way, and wait until it has ended.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

    @Mixin
    private Client client = new Client();

    @Override
    public Integer call() {
        return client.ask(sidecar -> {
            throw new StartupFailure(ExitCodes.SOFTWARE, "not yet");
        });
    }
}
