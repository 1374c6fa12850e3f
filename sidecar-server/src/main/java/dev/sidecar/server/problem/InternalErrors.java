package dev.sidecar.server.problem;

import dev.sidecar.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own faults: the caller gets an id, the log gets the id and the cause. */
final class InternalErrors {

    private static final Logger log = LoggerFactory.getLogger(InternalErrors.class);

    /** @param instance a URI with the id */
    record Logged(Problem problem, String instance) {}

    private InternalErrors() {}

    static Logged logged(@Nullable Throwable failure) {
        String id = UUID.randomUUID().toString();
        log.error("internal error {}", id, failure);
        return new Logged(
                Problem.of(500, "internal-error", "this is a fault of the sidecar; its log says more at " + id),
                "urn:uuid:" + id);
    }
}
