package dev.sidecar.server.problem;

import dev.sidecar.Problem;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the container itself refuses, such as a malformed request line. Tomcat makes one by its class name. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        AtomicBoolean writable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()
                || !writable.get()) {
            return;
        }
        try {
            ProblemResponse.write(response, problem(request, response, throwable));
        } catch (IOException e) {
            log.debug("the caller went away before it was told what was wrong", e);
        }
    }

    private static Problem problem(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status == 500) {
            return InternalErrors.logged(throwable).problem();
        }
        String message = response.getMessage() != null
                ? response.getMessage()
                : throwable == null ? null : throwable.getMessage();
        if (status == 400 && throwable != null && isHeaderTooLarge(throwable)) {
            return Problem.of(
                    431,
                    "headers-too-large",
                    "request line and headers are longer than sidecar.api.max-header-size; send less, or raise it");
        }
        String detail = message == null ? "the request cannot be answered" : message;
        return switch (status) {
            case 400 -> Problem.of(400, "malformed-request", detail + "; send a valid HTTP/1.1 request");
            case 404 -> Problem.of(404, "not-found", "'" + request.getRequestURI() + "' is not here");
            case 405 ->
                Problem.of(
                        405, "method-not-allowed", request.getMethod() + " is not allowed here; see the Allow header");
            case 503 -> Problem.of(503, "stopping", "the sidecar is stopping").retryAfter(1);
            default -> Problem.of(status, "status-" + status, detail);
        };
    }

    /** Tomcat has no type of its own for this, only its parser's exceptions. */
    private static boolean isHeaderTooLarge(Throwable throwable) {
        return String.valueOf(throwable.getMessage()).contains("header is too large")
                || throwable.getClass().getSimpleName().contains("TooLarge");
    }
}
