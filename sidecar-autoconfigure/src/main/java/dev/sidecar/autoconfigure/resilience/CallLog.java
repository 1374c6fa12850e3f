package dev.sidecar.autoconfigure.resilience;

import dev.sidecar.resilience.Call;
import dev.sidecar.resilience.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One record a call: failures as warnings, the others at level debug of {@code dev.sidecar.resilience.calls}. */
final class CallLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sidecar.resilience.calls");

    private CallLog() {}

    /** The status is the one that the application gets. */
    static void write(Call call, String method, @Nullable String path, int status) {
        Reason refusal = call.refusal();
        Reason denied = call.denied();
        Level level = status >= 500 || refusal != null ? Level.WARN : Level.DEBUG;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder event = LOG.atLevel(level)
                .addKeyValue("http.request.method", method)
                .addKeyValue("url.path", path)
                .addKeyValue("server.address", call.upstream().name())
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("sidecar.tries", call.tries())
                .addKeyValue("sidecar.duration_ms", call.elapsedNanos() / 1_000_000);
        if (refusal != null) {
            event = event.addKeyValue("sidecar.reason", refusal.code());
        }
        if (denied != null) {
            event = event.addKeyValue("sidecar.retry_denied", denied.code());
        }
        event.log("{} {}{} {}", method, call.upstream().name(), path, status);
    }
}
