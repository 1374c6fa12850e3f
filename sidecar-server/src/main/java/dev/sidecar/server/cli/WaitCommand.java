package dev.sidecar.server.cli;

import dev.sidecar.LifecycleState;
import dev.sidecar.SidecarException;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.json.DurationText;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sidecar wait}. */
@Command(
        name = "wait",
        description = "Exit with 0 once the sidecar is ready, with 69 if it is not in time.",
        mixinStandardHelpOptions = true)
final class WaitCommand implements Callable<Integer> {

    private static final long POLL_MILLIS = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SidecarLocator locator = new SidecarLocator();

    @Option(names = "--timeout", paramLabel = "TIME", description = "how long; default 30s", defaultValue = "30s")
    private String timeout = "30s";

    @Override
    public Integer call() throws InterruptedException {
        Duration limit = limit();
        long deadline = System.nanoTime() + limit.toNanos();
        String last;
        do {
            last = ask();
            if (last.equals(LifecycleState.READY.name())) {
                return 0;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } while (System.nanoTime() < deadline);
        throw new StartupFailure(ExitCodes.UNAVAILABLE, "not ready within " + DurationText.format(limit) + ": " + last);
    }

    private Duration limit() {
        try {
            return DurationText.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--timeout: " + e.getMessage());
        }
    }

    /** The state, or why there is none. Where to ask may change while we wait. */
    private String ask() {
        try (RemoteSidecar sidecar = RemoteSidecar.connect(locator.find())) {
            return sidecar.info().state().name();
        } catch (SidecarException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
