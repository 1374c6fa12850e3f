package dev.sidecar.logging.otlp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer of HTTP/1.1 from its bytes (RFC 9112), bodies by length, in chunks, or up to the end. */
final class HttpAnswer {

    private HttpAnswer() {}

    /** Null while it is not whole; {@code ended} when there will be no more. */
    static @Nullable Answer parse(byte[] bytes, int size, boolean ended) throws IOException {
        String text = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
        int begin = 0;
        while (text.startsWith("HTTP/1.1 1", begin) && text.indexOf("\r\n\r\n", begin) >= 0) {
            begin = text.indexOf("\r\n\r\n", begin) + 4;
        }
        int headEnd = text.indexOf("\r\n\r\n", begin);
        if (headEnd < 0) {
            return null;
        }
        String[] lines = text.substring(begin, headEnd).split("\r\n");
        int status = status(lines[0]);
        String body = text.substring(headEnd + 4);
        String length = header(lines, "content-length");
        if ("chunked".equalsIgnoreCase(header(lines, "transfer-encoding"))) {
            byte[] whole = unchunked(body);
            return whole == null && !ended ? null : answer(status, lines, whole == null ? new byte[0] : whole);
        }
        if (length == null && !ended && status != 204) {
            return null;
        }
        if (length != null && !ended && body.length() < Long.parseLong(length.trim())) {
            return null;
        }
        return answer(status, lines, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Answer answer(int status, String[] lines, byte[] body) {
        return new Answer(status, header(lines, "retry-after"), body);
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9].*")) {
            throw new IOException("the collector does not speak HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static @Nullable String header(String[] lines, String name) {
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0
                    && lines[i].substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return lines[i].substring(colon + 1).trim();
            }
        }
        return null;
    }

    private static byte @Nullable [] unchunked(String body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            if (end < 0) {
                return null;
            }
            int size = Integer.parseInt(body.substring(at, end).split(";")[0].trim(), 16);
            if (size == 0) {
                return out.toByteArray();
            }
            at = end + 2;
            if (size < 0 || at + size + 2 > body.length()) {
                return null;
            }
            out.writeBytes(body.substring(at, at + size).getBytes(StandardCharsets.ISO_8859_1));
            at += size + 2;
        }
    }
}
