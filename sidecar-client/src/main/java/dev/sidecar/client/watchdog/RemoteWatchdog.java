package dev.sidecar.client.watchdog;

import dev.sidecar.SidecarUnavailableException;
import dev.sidecar.client.transport.Api;
import dev.sidecar.client.transport.Request;
import dev.sidecar.watchdog.Watchdog;
import dev.sidecar.watchdog.WatchdogReport;
import org.jspecify.annotations.Nullable;

/**
 * The watchdog in the sidecar. Nothing stands in for it while it is away: both calls then throw
 * {@link SidecarUnavailableException}, because a heartbeat that nobody hears is none.
 */
public final class RemoteWatchdog implements Watchdog {

    private static final String PATH = "/v1/watchdog";

    private record Heartbeat(@Nullable String status) {}

    private final Api api;

    public RemoteWatchdog(Api api) {
        this.api = api;
    }

    @Override
    public WatchdogReport report() {
        return api.call(Request.get(PATH), WatchdogReport.class);
    }

    @Override
    public WatchdogReport heartbeat(@Nullable String status) {
        return api.call(Request.put(PATH + "/heartbeat", Api.bytes(new Heartbeat(status))), WatchdogReport.class);
    }
}
