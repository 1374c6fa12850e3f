package dev.sidecar.server.proxy;

import dev.sidecar.server.proxy.http1.Field;
import dev.sidecar.server.proxy.http1.Fields;
import dev.sidecar.server.proxy.http1.FramingException;
import dev.sidecar.server.proxy.http1.HeadBuilder;
import dev.sidecar.server.proxy.http1.RequestHead;
import dev.sidecar.server.proxy.http1.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Heads from HTTP/2 to HTTP/1.1 and back (RFC 9113 section 8). What comes from HTTP/2 is written as HTTP/1.1 would have
 * it and then judged like anything else that does.
 */
final class Http2Heads {

    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

    private Http2Heads() {}

    /** The content's length a head announces, -1 when it announces none. */
    static long length(Http2Headers headers) throws FramingException {
        CharSequence said = headers.get("content-length");
        if (said == null) {
            return -1;
        }
        if (headers.getAll("content-length").size() > 1 || !said.toString().matches("[0-9]{1,18}")) {
            throw malformed("a content-length that is not one number");
        }
        return Long.parseLong(said.toString());
    }

    /** Writes a request's head. */
    static void request(Http2Headers headers, boolean ends, ByteBuf out) throws FramingException {
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            String name = field.getKey().toString();
            if (name.startsWith(":") && !PSEUDO.contains(name)) {
                throw malformed("a pseudo field that is not for requests");
            }
        }
        CharSequence method = only(headers, ":method");
        CharSequence path = only(headers, ":path");
        CharSequence authority = headers.get(":authority");
        CharSequence host = headers.get("host");
        only(headers, ":scheme");
        if ("CONNECT".contentEquals(method)) {
            throw malformed("CONNECT, which is not spoken over HTTP/2 here");
        }
        if (path.length() == 0 || (path.charAt(0) != '/' && !("*".contentEquals(path)))) {
            throw malformed("a path that does not begin with a slash");
        }
        if (headers.getAll(":authority").size() > 1 || headers.getAll("host").size() > 1) {
            throw malformed("more than one authority");
        }
        if (authority != null && host != null && !authority.toString().equalsIgnoreCase(host.toString())) {
            throw malformed("a host that is not the authority");
        }
        CharSequence named = authority == null ? host : authority;
        if (named == null) {
            throw malformed("no authority");
        }
        HeadBuilder head = new HeadBuilder(out);
        head.requestLine(method, path);
        head.field("host", named);
        fields(headers, head);
        long length = length(headers);
        if (ends) {
            if (length > 0) {
                throw malformed("a content-length without content");
            }
        } else if (length < 0) {
            head.text("Transfer-Encoding: chunked\r\n");
        }
        head.text("\r\n");
    }

    private static CharSequence only(Http2Headers headers, String name) throws FramingException {
        CharSequence value = headers.get(name);
        if (value == null || headers.getAll(name).size() > 1) {
            throw malformed("not exactly one " + name);
        }
        return value;
    }

    /** Writes a response's head. */
    static void response(Http2Headers headers, boolean ends, boolean toHead, ByteBuf out) throws FramingException {
        int status = status(headers);
        HeadBuilder head = new HeadBuilder(out);
        head.statusLine(status);
        fields(headers, head);
        boolean bodyless = status < 200 || status == 204 || status == 304 || toHead;
        boolean unsaid = length(headers) < 0;
        if (!bodyless && unsaid) {
            head.text(ends ? "Content-Length: 0\r\n" : "Transfer-Encoding: chunked\r\n");
        }
        head.text(status < 200 ? "\r\n" : "Connection: close\r\n\r\n");
    }

    static int status(Http2Headers headers) throws FramingException {
        CharSequence status = only(headers, ":status");
        if (!status.toString().matches("[1-5][0-9][0-9]") || "101".contentEquals(status)) {
            throw malformed("a status that is not one of HTTP/2");
        }
        return Integer.parseInt(status.toString());
    }

    /** Writes trailers and the empty line after them. */
    static void trailers(Http2Headers headers, ByteBuf out) throws FramingException {
        HeadBuilder head = new HeadBuilder(out);
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            String name = field.getKey().toString();
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            byte kind = Field.of(bytes, 0, bytes.length);
            if (name.startsWith(":") || Field.isFraming(kind) || Field.isHopByHop(kind)) {
                throw malformed("a trailer that belongs into a head");
            }
            head.field(name, field.getValue());
        }
        head.text("\r\n");
    }

    private static void fields(Http2Headers headers, HeadBuilder head) throws FramingException {
        StringBuilder cookies = null;
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            String name = field.getKey().toString();
            if (name.startsWith(":") || name.equals("host")) {
                continue;
            }
            if (OF_CONNECTION.contains(name)
                    || (name.equals("te")
                            && !"trailers".equalsIgnoreCase(field.getValue().toString()))) {
                throw malformed("a field of HTTP/1.1 connections");
            }
            if (name.equals("cookie")) {
                // HTTP/2 may send them in pieces, HTTP/1.1 may not (RFC 9113 section 8.2.3).
                cookies = cookies == null ? new StringBuilder() : cookies.append("; ");
                cookies.append(field.getValue());
            } else {
                head.field(name, field.getValue());
            }
        }
        if (cookies != null) {
            head.field("cookie", cookies);
        }
    }

    /** A request's head for HTTP/2. */
    static Http2Headers of(RequestHead head, boolean secure) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method(head.method())
                .scheme(secure ? "https" : "http")
                .authority(head.authority())
                .path(head.target());
        copy(head.fields(), headers);
        if (head.trailersAccepted()) {
            headers.add("te", "trailers");
        }
        return headers;
    }

    /** A response's head for HTTP/2. */
    static Http2Headers of(ResponseHead head) {
        Http2Headers headers = new DefaultHttp2Headers(false).status(Integer.toString(head.status()));
        copy(head.fields(), headers);
        return headers;
    }

    /** Trailers for HTTP/2; null when there are none. */
    static @Nullable Http2Headers of(Fields trailers) {
        if (trailers.count() == 0) {
            return null;
        }
        Http2Headers headers = new DefaultHttp2Headers(false);
        copy(trailers, headers);
        return headers;
    }

    private static void copy(Fields fields, Http2Headers headers) {
        for (int i = 0; i < fields.count(); i++) {
            byte kind = fields.kind(i);
            if (kind != Field.HOST && !Field.isHopByHop(kind)) {
                headers.add(fields.name(i).toLowerCase(Locale.ROOT), fields.value(i));
            }
        }
    }

    static FramingException malformed(String detail) {
        return new FramingException(400, Reasons.MALFORMED_REQUEST, detail);
    }
}
