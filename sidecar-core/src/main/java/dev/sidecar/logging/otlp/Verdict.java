package dev.sidecar.logging.otlp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means for the batch that was sent.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP response</a>
 */
sealed interface Verdict {

    /** The collector has it, but for so many records, which are not to be sent again. */
    record Taken(long rejected, String message) implements Verdict {}

    /** It will never be taken; sending it again is of no use. */
    record Refused(String reason) implements Verdict {}

    /** Send it again, after the wait that was asked for or after one of one's own choice. */
    record Again(String reason, @Nullable Duration pause) implements Verdict {}
}
