package dev.sidecar.server.proxy.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a proxy changes in a response's head because it changes the content, or chose it by the request. */
public enum ResponseEdit {

    /** Everything stays as the upstream sent it. */
    NONE(false, false),

    /** The content stays; another client might get it compressed. */
    VARIES(true, false),

    /** The content is compressed by gzip from here on. */
    GZIP(true, true);

    private static final byte[] VARY = ascii("Vary: Accept-Encoding\r\n");
    private static final byte[] CODING = ascii("Content-Encoding: gzip\r\n");
    private static final byte[] WEAK_ETAG = ascii("ETag: W/");
    private static final byte[] LINE_END = ascii("\r\n");

    private final boolean varies;
    private final boolean recodes;

    ResponseEdit(boolean varies, boolean recodes) {
        this.varies = varies;
        this.recodes = recodes;
    }

    /** Whether the content that goes out is not the one that came. */
    public boolean recodes() {
        return recodes;
    }

    /** Whether the line does not hold for the content that goes out. */
    boolean removes(Fields fields, int line) {
        if (!recodes) {
            return false;
        }
        return fields.kind(line) == Field.CONTENT_LENGTH
                || named(fields, line, "etag")
                || named(fields, line, "accept-ranges")
                || named(fields, line, "content-md5")
                || named(fields, line, "content-digest");
    }

    /** What holds for it instead. */
    void add(ByteBuf out, Fields fields) {
        if (recodes) {
            out.writeBytes(CODING);
            etag(out, fields);
        }
        if (varies && !saysSo(fields)) {
            out.writeBytes(VARY);
        }
    }

    // Compressed bytes are not those that a strong validator stands for.
    private static void etag(ByteBuf out, Fields fields) {
        for (int i = 0; i < fields.count(); i++) {
            if (named(fields, i, "etag")) {
                int start = fields.valueStart(i);
                int end = fields.valueEnd(i);
                boolean weak = end - start > 2 && fields.bytes()[start] == 'W' && fields.bytes()[start + 1] == '/';
                int from = weak ? start + 2 : start;
                out.writeBytes(WEAK_ETAG)
                        .writeBytes(fields.bytes(), from, end - from)
                        .writeBytes(LINE_END);
                return;
            }
        }
    }

    private static boolean saysSo(Fields fields) {
        for (int i = 0; i < fields.count(); i++) {
            if (named(fields, i, "vary")) {
                String value = fields.value(i).toLowerCase(Locale.ROOT);
                if (value.contains("accept-encoding") || value.contains("*")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean named(Fields fields, int line, String lowerCase) {
        return fields.kind(line) == Field.OTHER
                && Octets.equalsIgnoreCase(fields.bytes(), fields.nameStart(line), fields.nameEnd(line), lowerCase);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
