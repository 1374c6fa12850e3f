package dev.sidecar.server.cli;

import dev.sidecar.SidecarException;
import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.RemoteOptions;
import dev.sidecar.client.RemoteSidecar;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Availability;
import dev.sidecar.client.transport.Request;
import dev.sidecar.client.transport.Transport;
import dev.sidecar.server.lifecycle.ExitCodes;
import dev.sidecar.server.lifecycle.StartupFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sidecar stop}. */
@Command(
        name = "stop",
        description = "End the pair in an orderly way, and wait until it has ended.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

    /** Grace of the application and more. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long POLL_MILLIS = 50;

    @Mixin
    private SidecarLocator locator = new SidecarLocator();

    @Override
    public Integer call() throws InterruptedException {
        RemoteOptions options = locator.find();
        request(options);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (answers(options)) {
            if (System.nanoTime() > deadline) {
                throw new StartupFailure(ExitCodes.UNAVAILABLE, "still there after 60s; its log says why");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return 0;
    }

    private static void request(RemoteOptions options) {
        try (Transport transport = new Transport(options, new Availability(Transport.name(options.endpoint())))) {
            new Api(transport).call(Request.post("/v1/shutdown", "{}".getBytes(StandardCharsets.UTF_8)));
        } catch (SidecarException e) {
            throw Client.failure(e);
        }
    }

    private static boolean answers(RemoteOptions options) {
        try (RemoteSidecar sidecar = RemoteSidecar.connect(options)) {
            sidecar.info();
            return true;
        } catch (SidecarUnavailableException e) {
            return false;
        }
    }
}
