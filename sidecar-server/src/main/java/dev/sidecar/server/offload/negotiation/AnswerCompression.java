package dev.sidecar.server.offload.negotiation;

import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseEdit;
import dev.sidecar.server.proxy.http1.ResponseHead;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which answers of the application are compressed: text and the like, whole, and not so already. */
public final class AnswerCompression {

    private static final long FROM = 1024;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;
    private static final Set<Coding> POSSIBLE = EnumSet.of(Coding.GZIP, Coding.IDENTITY);

    private AnswerCompression() {}

    /** What is changed in an answer on its way to who asked. */
    public static ResponseEdit of(RequestHead request, ResponseHead response) {
        if (!isWorthIt(response)) {
            return ResponseEdit.NONE;
        }
        return isTakenBy(request) ? ResponseEdit.GZIP : ResponseEdit.VARIES;
    }

    /** Whether the client likes it. */
    public static boolean isTakenBy(RequestHead request) {
        String taken = request.fields().combined(Field.ACCEPT_ENCODING);
        return taken != null && AcceptEncoding.of(taken).best(POSSIBLE) == Coding.GZIP;
    }

    /** Whether the content may be compressed, and becomes smaller by it. */
    public static boolean isWorthIt(ResponseHead response) {
        String type = response.fields().first("content-type");
        return type != null && mayBeCompressed(response) && isWorthIt(response, type);
    }

    private static boolean isWorthIt(ResponseHead response, String type) {
        boolean tiny = response.contentLength() >= 0 && response.contentLength() < FROM;
        String lower = type.toLowerCase(Locale.ROOT);
        // Events are small, and must be there at once.
        return !tiny && MediaTypes.compressible(lower) && !lower.startsWith("text/event-stream");
    }

    private static boolean mayBeCompressed(ResponseHead response) {
        int status = response.status();
        if (status < 200 || status == NO_CONTENT || status == PARTIAL || status == NOT_MODIFIED) {
            return false;
        }
        Fields fields = response.fields();
        if (fields.first("content-encoding") != null || fields.first("content-range") != null) {
            return false;
        }
        String control = fields.first("cache-control");
        return control == null || !control.toLowerCase(Locale.ROOT).contains("no-transform");
    }
}
