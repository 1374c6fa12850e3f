package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.Instance;
import dev.sidecar.resilience.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One record a call, as the ambassador's are: of {@code dev.sidecar.resilience.calls}, failures as warnings. */
final class CallLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.resilience.calls");

    private CallLog() {}

    /** The status is the one that the application gets. */
    static void write(Call call, String method, @Nullable String path, int status) {
        Reason refusal = call.refusal();
        Reason denied = call.denied();
        Level level = status >= 500 || refusal != null ? Level.WARN : Level.INFO;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder event = LOG.atLevel(level)
                .addKeyValue("http.request.method", method)
                .addKeyValue("url.path", path)
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("sidecar.route", call.upstream().name())
                .addKeyValue("sidecar.tries", call.tries())
                .addKeyValue("sidecar.duration_ms", call.elapsedNanos() / 1000 / 1000.0);
        Instance instance = call.instance();
        if (instance != null) {
            event = event.addKeyValue("server.address", instance.host()).addKeyValue("server.port", instance.port());
        }
        if (refusal != null) {
            event = event.addKeyValue("sidecar.reason", refusal.code());
        }
        if (denied != null) {
            event = event.addKeyValue("sidecar.retry_denied", denied.code());
        }
        event.log("{} {}{} {}", method, call.upstream().name(), path, status);
    }
}
