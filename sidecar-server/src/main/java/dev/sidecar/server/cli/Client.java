package dev.sidecar.server.cli;

import dev.sidecar.LifecycleState;
import dev.sidecar.Sidecar;
import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.health.HealthStatus;
import dev.sidecar.json.SidecarJson;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the verbs share that ask a running sidecar. */
final class Client {

    private static final long LOOK_AGAIN_MILLIS = 500;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private SidecarLocator locator = new SidecarLocator();

    @Option(names = "--json", description = "for programs: the API's JSON")
    private boolean json;

    /** Asks; a sidecar that does not answer is exit code 69; one that refuses says why in its own words. */
    int ask(ToIntFunction<Sidecar> question) {
        try (RemoteSidecar sidecar = RemoteSidecar.connect(locator.find())) {
            // What is unreachable must not be hidden by a fallback.
            sidecar.info();
            int code = question.applyAsInt(sidecar);
            out().flush();
            return code;
        } catch (SidecarException e) {
            throw failure(e);
        }
    }

    /** How a verb ends that was refused, or that nobody answered. */
    static StartupFailure failure(SidecarException e) {
        return e instanceof SidecarUnavailableException
                ? new StartupFailure(ExitCodes.UNAVAILABLE, "no sidecar answers: " + e.getMessage())
                : new StartupFailure(ExitCodes.ofRefusal(e.problem().status()), String.valueOf(e.getMessage()));
    }

    /** Returns when the sidecar has stopped, or nobody reads what is printed any more. */
    void awaitStop(Sidecar sidecar) {
        try {
            while (isRunning(sidecar) && !out().checkError()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asked twice, because info has a last known answer when the sidecar has none. */
    private static boolean isRunning(Sidecar sidecar) {
        try {
            return sidecar.info().state() != LifecycleState.STOPPED
                    && sidecar.status().status() == HealthStatus.UP;
        } catch (SidecarException e) {
            return false;
        }
    }

    boolean json() {
        return json;
    }

    void printJson(Object value) {
        out().println(SidecarJson.mapper().writeValueAsString(value));
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
