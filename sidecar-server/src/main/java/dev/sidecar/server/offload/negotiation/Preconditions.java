package dev.sidecar.server.offload.negotiation;

import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import io.netty.handler.codec.DateFormatter;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** The conditions of a request for a representation, evaluated in the order of RFC 9110 section 13.2.2. */
public final class Preconditions {

    /** What a request with conditions gets. */
    public enum Outcome {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    private Preconditions() {}

    /**
     * Of a GET or HEAD.
     *
     * @param modified in seconds since 1970
     */
    public static Outcome of(Fields request, String etag, long modified) {
        String match = request.combined(Field.IF_MATCH);
        if (match != null) {
            if (!lists(match, etag, true)) {
                return Outcome.FAILED;
            }
        } else {
            long unmodified = seconds(request.first(Field.IF_UNMODIFIED_SINCE));
            if (unmodified >= 0 && modified > unmodified) {
                return Outcome.FAILED;
            }
        }
        String noneMatch = request.combined(Field.IF_NONE_MATCH);
        if (noneMatch != null) {
            return lists(noneMatch, etag, false) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
        }
        long since = seconds(request.first(Field.IF_MODIFIED_SINCE));
        return since >= 0 && modified <= since ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
    }

    /** Whether a range may be given: without {@code If-Range}, or when it names what there is. */
    public static boolean rangeHolds(Fields request, String etag, long modified) {
        String condition = request.first(Field.IF_RANGE);
        if (condition == null) {
            return true;
        }
        if (condition.startsWith("\"") || condition.startsWith("W/")) {
            return condition.equals(etag) && !etag.startsWith("W/");
        }
        return seconds(condition) == modified;
    }

    private static boolean lists(String field, String etag, boolean strong) {
        if (field.trim().equals("*")) {
            return true;
        }
        if (strong && etag.startsWith("W/")) {
            return false;
        }
        String opaque = opaque(etag);
        int at = 0;
        while (at < field.length()) {
            boolean weak = field.startsWith("W/", at);
            int start = weak ? at + 2 : at;
            int end = start < field.length() && field.charAt(start) == '"' ? field.indexOf('"', start + 1) : -1;
            if (end < 0) {
                at++;
                continue;
            }
            if (!(strong && weak) && field.substring(start, end + 1).equals(opaque)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private static long seconds(@Nullable String date) {
        Date parsed = date == null ? null : DateFormatter.parseHttpDate(date);
        return parsed == null ? -1 : parsed.getTime() / 1000;
    }
}
