package dev.sidecar.server.offload.cache;

import dev.sidecar.server.offload.negotiation.AnswerCompression;
import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.handler.codec.DateFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response that a shared cache may keep (RFC 9111 section 3), as soon as its content is there.
 *
 * @param response without its content
 */
record Storable(StoredResponse response) {

    /** Those whose meaning is understood and that are whole. */
    private static final Set<Integer> STATUSES =
            Set.of(200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501);

    /** Said anew of each answer that is given. */
    private static final Set<String> MADE_ANEW = Set.of("age", "content-length", "cache-status", "date");

    /** What is to be kept of a response; null when it must not be. */
    static @Nullable Storable of(RequestHead request, ResponseHead head, long askedAt, long now, boolean compress) {
        Fields fields = head.fields();
        CacheControl control = CacheControl.of(fields);
        Freshness freshness = Freshness.of(fields, control, askedAt, now);
        boolean forAuthorized = control.has("public") || control.has("must-revalidate") || control.has("s-maxage");
        boolean refused = control.has("no-store")
                || control.has("private")
                || fields.first("set-cookie") != null
                || (request.fields().first("authorization") != null && !forAuthorized);
        boolean validator = fields.first("etag") != null || fields.first("last-modified") != null;
        boolean useful = validator || (freshness.lifetime() > 0 && !freshness.validateAlways());
        Map<String, @Nullable String> vary = vary(request.fields(), fields);
        if (refused
                || vary == null
                || !useful
                || !STATUSES.contains(head.status())
                || !Freshness.isSaid(fields, control)
                || !hasAnEnd(head)) {
            return null;
        }
        return new Storable(new StoredResponse(
                head.status(),
                dated(kept(head), freshness.date()),
                new byte[0],
                vary,
                freshness,
                forAuthorized,
                compress && AnswerCompression.isWorthIt(head),
                null));
    }

    // Of what ends with the connection nobody can say whether it was all.
    private static boolean hasAnEnd(ResponseHead head) {
        return head.chunked() || head.contentLength() >= 0 || head.status() == 204;
    }

    /** The fields by which the response was chosen and what they were; null when nobody can say. */
    private static @Nullable Map<String, @Nullable String> vary(Fields request, Fields response) {
        Map<String, @Nullable String> chosen = new LinkedHashMap<>();
        String said = StoredResponse.combined(response, "vary");
        if (said != null) {
            for (String name : said.split(",")) {
                String lower = name.strip().toLowerCase(Locale.ROOT);
                if (lower.equals("*")) {
                    return null;
                }
                if (!lower.isEmpty()) {
                    chosen.put(lower, StoredResponse.combined(request, lower));
                }
            }
        }
        return chosen;
    }

    /** The fields of a response that are passed on. */
    static List<Map.Entry<String, String>> kept(ResponseHead head) {
        Fields fields = head.fields();
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.name(i);
            if (!Field.isHopByHop(fields.kind(i))
                    && !head.isOfThisHop(i)
                    && !MADE_ANEW.contains(name.toLowerCase(Locale.ROOT))) {
                kept.add(Map.entry(name, fields.value(i)));
            }
        }
        return kept;
    }

    /** The same with the time at which the origin made them. */
    static List<Map.Entry<String, String>> dated(List<Map.Entry<String, String>> fields, long date) {
        fields.add(Map.entry("Date", DateFormatter.format(new Date(date))));
        return List.copyOf(fields);
    }

    StoredResponse with(byte[] content) {
        return new StoredResponse(
                response.status(),
                response.fields(),
                content,
                response.vary(),
                response.freshness(),
                response.forAuthorized(),
                response.compressible(),
                null);
    }
}
