package dev.sidecar.server.cli;

import dev.sidecar.runtime.SidecarHome;
import dev.sidecar.runtime.Threads;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * For the launcher: runs a pair and asks it what the other verbs ask, all in one virtual machine, so that the archive
 * this one writes at its end has the classes of all of them.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    private static final String NAME = "train";

    @Override
    public Integer call() {
        String socket = SidecarHome.byDefault().run().resolve(NAME + ".sock").toString();
        Threads.named(NAME, () -> ask(socket)).start();
        return SidecarCommand.execute(
                new String[] {"run", "--name", NAME, "--api-port", "0", "--ops-port", "0", "--", "sleep", "30"});
    }

    private static void ask(String socket) {
        for (String verb : List.of("wait", "health", "services", "logs", "stop")) {
            SidecarCommand.execute(new String[] {verb, "--socket", socket});
        }
    }
}
