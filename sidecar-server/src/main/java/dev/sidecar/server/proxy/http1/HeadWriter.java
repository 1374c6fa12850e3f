package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the heads that go on, without what was for one hop only and with what the next hop must be told. */
public final class HeadWriter {

    private static final byte[] VERSION_LINE = ascii(" HTTP/1.1\r\n");
    private static final byte[] STATUS_LINE = ascii("HTTP/1.1 ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] HOST = ascii("Host: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\nUpgrade: ");
    private static final byte[] TE = ascii("TE: trailers\r\nConnection: TE\r\n");
    private static final byte[] VIA = ascii("Via: 1.1 sidecar\r\n");
    private static final byte[] VIA_10 = ascii("Via: 1.0 sidecar\r\n");
    private static final byte[] FORWARDED_FOR = ascii("X-Forwarded-For: ");
    private static final byte[] FORWARDED_HOST = ascii("X-Forwarded-Host: ");
    private static final byte[] FORWARDED = ascii("Forwarded: ");
    private static final byte[] HOST_PART = ascii(";host=\"");
    private static final byte[] QUOTE_END = ascii("\"\r\n");
    private static final byte[] REQUEST_ID = ascii("X-Request-Id: ");
    private static final byte[] TRACEPARENT = ascii("traceparent: ");
    private static final byte[] LIST = ascii(", ");

    private HeadWriter() {}

    /**
     * Writes a request's head for the upstream.
     *
     * @param expect whether {@code Expect: 100-continue} is passed on
     * @param authority the Host when neither client nor edit has one
     */
    public static void request(
            ByteBuf out,
            RequestHead head,
            RequestEdit edit,
            Origin origin,
            Trace trace,
            boolean expect,
            byte[] authority) {
        byte[] bytes = head.bytes();
        out.writeBytes(bytes, 0, head.methodEnd() + 1);
        target(out, head, edit);
        out.writeBytes(VERSION_LINE);
        host(out, head, edit, authority);
        Fields fields = head.fields();
        Run run = new Run(out, bytes);
        int forwardedFor = -1;
        int forwarded = -1;
        boolean hostKept = false;
        boolean trusted = origin.trusted();
        for (int i = 0; i < fields.count(); i++) {
            byte kind = fields.kind(i);
            boolean drop;
            switch (kind) {
                case Field.OTHER -> drop = false;
                case Field.HOST, Field.X_FORWARDED_PROTO -> drop = true;
                case Field.EXPECT -> drop = !expect;
                case Field.X_FORWARDED_FOR -> {
                    drop = true;
                    forwardedFor = trusted && forwardedFor < 0 ? i : forwardedFor;
                }
                case Field.FORWARDED -> {
                    drop = true;
                    forwarded = trusted && forwarded < 0 ? i : forwarded;
                }
                case Field.X_FORWARDED_HOST -> {
                    drop = !trusted;
                    hostKept = trusted;
                }
                case Field.X_FORWARDED_PORT -> drop = !trusted;
                case Field.TRACEPARENT -> drop = !trace.keepsParent();
                case Field.X_REQUEST_ID -> drop = !trace.keepsRequestId();
                default -> drop = Field.isHopByHop(kind);
            }
            run.line(fields, i, drop || head.nominated(i) || edit.removes(fields, i));
        }
        run.end();
        framing(out, head);
        forwarded(out, head, origin, forwardedFor, forwarded, hostKept);
        identity(out, trace);
        out.writeBytes(head.minorVersion() == 0 ? VIA_10 : VIA);
        out.writeBytes(edit.added());
        out.writeBytes(LINE_END);
    }

    /**
     * Writes a response's head for the client.
     *
     * @param edit what changes in it
     * @param chunked whether the content goes out in chunks
     * @param close whether the connection ends after this response
     */
    public static void response(ByteBuf out, ResponseHead head, ResponseEdit edit, boolean chunked, boolean close) {
        out.writeBytes(STATUS_LINE);
        byte[] bytes = head.bytes();
        out.writeBytes(bytes, 9, 3);
        out.writeByte(' ');
        out.writeBytes(bytes, head.reasonStart(), head.reasonEnd() - head.reasonStart());
        out.writeBytes(LINE_END);
        Fields fields = head.fields();
        boolean noLength = head.interim() || head.status() == 204;
        Run run = new Run(out, bytes);
        for (int i = 0; i < fields.count(); i++) {
            byte kind = fields.kind(i);
            boolean drop =
                    kind != Field.OTHER && (Field.isHopByHop(kind) || (kind == Field.CONTENT_LENGTH && noLength));
            run.line(fields, i, drop || head.nominated(i) || edit.removes(fields, i));
        }
        run.end();
        edit.add(out, fields);
        if (head.upgrades()) {
            upgrade(out, fields, head.upgradeLine());
        }
        if (chunked) {
            out.writeBytes(CHUNKED);
        }
        if (close) {
            out.writeBytes(CLOSE);
        }
        if (!head.interim()) {
            out.writeBytes(head.minorVersion() == 0 ? VIA_10 : VIA);
        }
        out.writeBytes(LINE_END);
    }

    /** Writes a block of trailers with the empty line behind it. */
    public static void trailers(ByteBuf out, Fields trailers) {
        Run run = new Run(out, trailers.bytes());
        for (int i = 0; i < trailers.count(); i++) {
            run.line(trailers, i, false);
        }
        run.end();
        out.writeBytes(LINE_END);
    }

    private static void target(ByteBuf out, RequestHead head, RequestEdit edit) {
        String other = edit.target();
        if (other != null) {
            out.writeCharSequence(other, StandardCharsets.ISO_8859_1);
            return;
        }
        int start = head.targetStart();
        int length = head.targetEnd() - start;
        if (length == 0 || head.bytes()[start] == '?') {
            out.writeByte('/');
        }
        out.writeBytes(head.bytes(), start, length);
    }

    private static void host(ByteBuf out, RequestHead head, RequestEdit edit, byte[] authority) {
        out.writeBytes(HOST);
        byte[] other = edit.host();
        int length = head.hostEnd() - head.hostStart();
        if (other != null) {
            out.writeBytes(other);
        } else if (length > 0 && !edit.isHostOfTarget()) {
            out.writeBytes(head.bytes(), head.hostStart(), length);
        } else {
            out.writeBytes(authority);
        }
        out.writeBytes(LINE_END);
    }

    private static void framing(ByteBuf out, RequestHead head) {
        if (head.chunked()) {
            out.writeBytes(CHUNKED);
        }
        if (head.upgrade() != null) {
            upgrade(out, head.fields(), head.upgradeLine());
        } else if (head.trailersAccepted()) {
            out.writeBytes(TE);
        }
    }

    private static void upgrade(ByteBuf out, Fields fields, int line) {
        out.writeBytes(UPGRADE);
        int start = fields.valueStart(line);
        out.writeBytes(fields.bytes(), start, fields.valueEnd(line) - start);
        out.writeBytes(LINE_END);
    }

    private static void forwarded(
            ByteBuf out, RequestHead head, Origin origin, int forwardedFor, int forwarded, boolean hostKept) {
        out.writeBytes(FORWARDED_FOR);
        earlier(out, head.fields(), Field.X_FORWARDED_FOR, forwardedFor);
        out.writeBytes(origin.forwardedFor());
        int proto = origin.trusted() ? head.fields().indexOf(Field.X_FORWARDED_PROTO) : -1;
        if (proto < 0) {
            out.writeBytes(origin.proto());
        } else {
            int start = head.fields().nameStart(proto);
            out.writeBytes(head.bytes(), start, head.fields().valueEnd(proto) - start);
            out.writeBytes(LINE_END);
        }
        int hostLength = head.hostEnd() - head.hostStart();
        if (!hostKept && hostLength > 0) {
            out.writeBytes(FORWARDED_HOST);
            out.writeBytes(head.bytes(), head.hostStart(), hostLength);
            out.writeBytes(LINE_END);
        }
        out.writeBytes(FORWARDED);
        earlier(out, head.fields(), Field.FORWARDED, forwarded);
        out.writeBytes(origin.forwarded());
        if (hostLength > 0) {
            out.writeBytes(HOST_PART);
            out.writeBytes(head.bytes(), head.hostStart(), hostLength);
            out.writeBytes(QUOTE_END);
        } else {
            out.writeBytes(LINE_END);
        }
    }

    private static void earlier(ByteBuf out, Fields fields, byte kind, int first) {
        for (int i = first; i >= 0 && i < fields.count(); i++) {
            int start = fields.valueStart(i);
            int end = fields.valueEnd(i);
            if (fields.kind(i) == kind && end > start) {
                out.writeBytes(fields.bytes(), start, end - start);
                out.writeBytes(LIST);
            }
        }
    }

    private static void identity(ByteBuf out, Trace trace) {
        byte @Nullable [] started = trace.started();
        if (started != null) {
            out.writeBytes(TRACEPARENT);
            out.writeBytes(started);
            out.writeBytes(LINE_END);
        }
        if (!trace.keepsRequestId()) {
            out.writeBytes(REQUEST_ID);
            if (started != null) {
                out.writeBytes(started, 3, 32);
            } else {
                out.writeCharSequence(trace.requestId(), StandardCharsets.US_ASCII);
            }
            out.writeBytes(LINE_END);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Copies field lines that stay, neighbours in one go. */
    private static final class Run {
        private final ByteBuf out;
        private final byte[] bytes;
        private int start = -1;
        private int end;

        Run(ByteBuf out, byte[] bytes) {
            this.out = out;
            this.bytes = bytes;
        }

        void line(Fields fields, int i, boolean drop) {
            if (drop) {
                end();
                return;
            }
            if (start < 0) {
                start = fields.nameStart(i);
            }
            int valueEnd = fields.valueEnd(i);
            // White space before the line's end is not passed on, so the copied run stops there.
            if (bytes[valueEnd] == Octets.CR) {
                end = valueEnd + 2;
            } else {
                out.writeBytes(bytes, start, valueEnd - start);
                out.writeBytes(LINE_END);
                start = -1;
            }
        }

        void end() {
            if (start >= 0) {
                out.writeBytes(bytes, start, end - start);
                start = -1;
            }
        }
    }
}
