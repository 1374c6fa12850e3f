package dev.sidecar.server.offload.cache;

import dev.sidecar.server.offload.negotiation.Preconditions;
import dev.sidecar.server.proxy.Part;
import dev.sidecar.server.proxy.Reply;
import dev.sidecar.server.proxy.http1.Fields;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A whole response and the requests it answers. Immutable.
 *
 * @param status its status
 * @param fields without those of a hop, of its length and of its age
 * @param body its content
 * @param vary the fields of the request that chose it, in lower case, with the values they had; null for none
 * @param freshness how long it may be used
 * @param forAuthorized whether it may answer requests with {@code Authorization}
 * @param compressible whether its content is worth compressing
 * @param compressed its content in gzip; null as long as nobody wanted that
 */
record StoredResponse(
        int status,
        List<Map.Entry<String, String>> fields,
        byte[] body,
        Map<String, @Nullable String> vary,
        Freshness freshness,
        boolean forAuthorized,
        boolean compressible,
        byte @Nullable [] compressed) {

    private static final String NAME = "cache";
    private static final int WEIGHT = 512;

    /** Bytes of memory, about. */
    long weight() {
        long head = fields.stream()
                .mapToLong(field ->
                        100 + field.getKey().length() + field.getValue().length())
                .sum();
        return WEIGHT + head + body.length + (compressed == null ? 0 : compressed.length);
    }

    /** Whether it is what the origin would choose for this request. */
    boolean answers(Fields request) {
        for (Map.Entry<String, @Nullable String> each : vary.entrySet()) {
            if (!Objects.equals(each.getValue(), combined(request, each.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** All values of the field as one, without needless white space; null when it is not there. */
    static @Nullable String combined(Fields fields, String name) {
        String all = null;
        for (int i = 0; i < fields.count(); i++) {
            if (fields.isNamed(i, name)) {
                String value = fields.value(i).replaceAll("\\s*,\\s*", ",");
                all = all == null ? value : all + "," + value;
            }
        }
        return all;
    }

    @Nullable
    String first(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    @Nullable
    String etag() {
        return first("ETag");
    }

    StoredResponse withCompressed(byte[] bytes) {
        return new StoredResponse(status, fields, body, vary, freshness, forAuthorized, compressible, bytes);
    }

    /** The same after the origin said that it still holds (RFC 9111 section 3.2). */
    StoredResponse refreshed(List<Map.Entry<String, String>> newer, Freshness fresh) {
        List<Map.Entry<String, String>> merged = new java.util.ArrayList<>();
        for (Map.Entry<String, String> field : fields) {
            if (newer.stream().noneMatch(other -> replaces(other, field))) {
                merged.add(field);
            }
        }
        newer.stream().filter(field -> !isOfContent(field.getKey())).forEach(merged::add);
        return new StoredResponse(
                status, List.copyOf(merged), body, vary, fresh, forAuthorized, compressible, compressed);
    }

    private static boolean replaces(Map.Entry<String, String> newer, Map.Entry<String, String> field) {
        return newer.getKey().equalsIgnoreCase(field.getKey()) && !isOfContent(newer.getKey());
    }

    private static boolean isOfContent(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("content-") && !lower.equals("content-location");
    }

    /**
     * As the answer to a request, which may have conditions of its own.
     *
     * @param gzip whether the compressed form is wanted, which must be there
     * @param how a parameter of {@code Cache-Status} (RFC 9211), such as {@code hit}
     */
    Reply reply(Fields request, boolean gzip, String how, long now) {
        String etag = etag();
        String shown = gzip && etag != null && !etag.startsWith("W/") ? "W/" + etag : etag;
        boolean notModified = status == 200
                && Preconditions.of(request, shown == null ? "" : shown, modified())
                        == Preconditions.Outcome.NOT_MODIFIED;
        byte[] content = gzip && compressed != null ? compressed : body;
        StringBuilder head = new StringBuilder(512);
        int code = notModified ? 304 : status;
        head.append("HTTP/1.1 ")
                .append(code)
                .append(' ')
                .append(HttpResponseStatus.valueOf(code).reasonPhrase())
                .append("\r\n");
        for (Map.Entry<String, String> field : fields) {
            boolean another = gzip
                    && (field.getKey().equalsIgnoreCase("ETag")
                            || field.getKey().equalsIgnoreCase("Accept-Ranges"));
            if (!another && !(notModified && isOfContent(field.getKey()))) {
                line(head, field.getKey(), field.getValue());
            }
        }
        if (gzip && shown != null) {
            line(head, "ETag", shown);
        }
        if (gzip && !notModified) {
            line(head, "Content-Encoding", "gzip");
        }
        if (compressible && !saysVary()) {
            line(head, "Vary", "Accept-Encoding");
        }
        line(head, "Age", String.valueOf(freshness.age(now)));
        line(head, "Cache-Status", "sidecar; " + how + "; ttl=" + freshness.left(now));
        line(head, "Via", "1.1 sidecar");
        if (!notModified && status != 204) {
            line(head, "Content-Length", String.valueOf(content.length));
        }
        boolean empty = notModified || content.length == 0;
        return new Reply(
                NAME,
                code,
                null,
                head.toString().getBytes(StandardCharsets.ISO_8859_1),
                true,
                empty ? List.of() : List.of(new Part.Bytes(content)));
    }

    private boolean saysVary() {
        String said = first("Vary");
        return said != null && said.toLowerCase(Locale.ROOT).contains("accept-encoding");
    }

    // What has no time of change is never older than anything.
    private long modified() {
        String text = first("Last-Modified");
        Date date = text == null ? null : DateFormatter.parseHttpDate(text);
        return date == null ? Long.MAX_VALUE : date.getTime() / 1000;
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
