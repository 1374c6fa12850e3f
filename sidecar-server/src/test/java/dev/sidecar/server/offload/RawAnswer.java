package dev.sidecar.server.offload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One answer over a socket of its own to a request that is sent as it is. */
record RawAnswer(int status, Map<String, String> fields, byte[] body) {

    static RawAnswer to(URI server, String request) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A GET or another method without content; the connection is closed after it. */
    static RawAnswer to(URI server, String method, String target, String... fields) {
        return to(
                server,
                method + " " + target + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n"
                        + String.join(
                                "", Arrays.stream(fields).map(f -> f + "\r\n").toList()) + "\r\n");
    }

    static RawAnswer read(InputStream in) throws IOException {
        byte[] all = in.readAllBytes();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no head in '" + text + "'");
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> fields = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            String before = fields.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).trim());
            if (before != null) {
                throw new IOException("twice: " + lines[i]);
            }
        }
        boolean chunked = "chunked".equals(fields.get("transfer-encoding"));
        byte[] body = chunked ? joined(all, end + 4) : Arrays.copyOfRange(all, end + 4, all.length);
        return new RawAnswer(Integer.parseInt(lines[0].substring(9, 12)), fields, body);
    }

    /** What is in the chunks, as far as they came. */
    private static byte[] joined(byte[] all, int start) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int at = start;
        for (int line = text.indexOf("\r\n", at); line > at; line = text.indexOf("\r\n", at)) {
            int size = Integer.parseInt(text.substring(at, line), 16);
            at = line + 2;
            content.write(all, at, Math.min(size, all.length - at));
            at += size + 2;
        }
        return content.toByteArray();
    }

    String field(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
