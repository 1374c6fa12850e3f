package dev.sidecar.server.proxy;

import java.util.List;
import java.util.Random;

/** Requests that are almost right, the same ones for the same seed. Text stands for bytes, one character each. */
final class FuzzedRequests {

    private static final List<String> LINES = List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding:\u000bchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\u00a0: chunked",
            "X: y\rTransfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked",
            "Transfer_Encoding: chunked",
            "TRANSFER-ENCODING: CHUNKED",
            "Transfer-Encoding: chunked;a=b",
            "Transfer-Encoding:",
            "Content-Length: 0",
            "Content-Length: 5",
            "Content-Length: 51",
            "Content-Length: +5",
            "Content-Length: -5",
            "Content-Length: 5,5",
            "Content-Length: 0x5",
            "Content-Length: 5 ",
            "Content-Length: 05",
            "Content-Length:\t5",
            "Content-Length : 5",
            "Content_Length: 5",
            "Content-Length: 99999999999999999999",
            "Connection: Content-Length",
            "Connection: Transfer-Encoding",
            "Connection: close, X-Id",
            "Connection: keep-alive",
            "Connection: Host",
            "Upgrade: h2c",
            "Connection: Upgrade, HTTP2-Settings",
            "Expect: 100-continue",
            "Host: b",
            "Host: a, b",
            " folded: yes",
            "\tfolded: yes",
            "TE: trailers",
            "Trailer: X",
            "X-Forwarded-Host: evil\u0000",
            "X-Long: " + "a".repeat(3000),
            ": empty",
            "no colon");

    private static final String OCTETS = "\r\n\0\t\u000b\u000c :;,=\"\\/?#%+-_.0159afxAFZ{}\u007f\u0085\u00a0\u00ff";

    private final Random random;

    FuzzedRequests(long seed) {
        this.random = new Random(seed);
    }

    /** What one connection says; the requests in it have this id. */
    String next(int id) {
        StringBuilder all = new StringBuilder();
        int requests = 1 + random.nextInt(3);
        for (int i = 0; i < requests; i++) {
            all.append(request(id));
        }
        String text = all.toString();
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            text = mutated(text);
        }
        return text + "GET /last HTTP/1.1\r\nHost: a\r\nX-Id: " + id + "\r\nConnection: close\r\n\r\n";
    }

    private String request(int id) {
        String fields = "Host: a\r\nX-Id: " + id + "\r\n";
        String text = random.nextBoolean() ? "GET /smuggled HTTP/1.1\r\nHost: a\r\nX-Id: " + id + "\r\n\r\n" : "hello";
        return switch (random.nextInt(9)) {
            case 0 -> "GET /get?a=b HTTP/1.1\r\n" + fields + "\r\n";
            case 1 -> "HEAD /head HTTP/1.1\r\n" + fields + "\r\n";
            case 2 -> "GET http://a/absolute HTTP/1.1\r\n" + fields + "\r\n";
            case 3 -> "OPTIONS * HTTP/1.1\r\n" + fields + "\r\n";
            case 4, 5 -> "POST /length HTTP/1.1\r\n" + fields + "Content-Length: " + text.length() + "\r\n\r\n" + text;
            default -> "POST /chunks HTTP/1.1\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n" + chunks(text);
        };
    }

    private String chunks(String text) {
        int cut = 1 + random.nextInt(text.length() - 1);
        String extension = random.nextInt(4) == 0 ? ";a=\"b c\"" : "";
        String trailer = random.nextInt(4) == 0 ? "X-Trailer: yes\r\n" : "";
        return Integer.toHexString(cut) + extension + "\r\n" + text.substring(0, cut) + "\r\n"
                + Integer.toHexString(text.length() - cut).toUpperCase(java.util.Locale.ROOT) + "\r\n"
                + text.substring(cut) + "\r\n0\r\n" + trailer + "\r\n";
    }

    private String mutated(String text) {
        int at = random.nextInt(text.length());
        int line = Math.max(0, text.lastIndexOf("\r\n", at));
        int next = text.indexOf("\r\n", at);
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, at) + octet() + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + octet() + text.substring(at + 1);
            case 3, 4 ->
                text.substring(0, line == 0 ? 0 : line + 2)
                        + LINES.get(random.nextInt(LINES.size()))
                        + "\r\n"
                        + text.substring(line == 0 ? 0 : line + 2);
            case 5 -> {
                String end = List.of("\n", "\r", "\r\r\n", "\r\n ", "\n\r", "\r\n\r\n", "")
                        .get(random.nextInt(7));
                yield next < 0 ? text : text.substring(0, next) + end + text.substring(next + 2);
            }
            case 6 -> next < 0 || line == 0 ? text : text.substring(0, next) + text.substring(line);
            case 7 -> afterHead(text, LINES.get(random.nextInt(LINES.size())));
            default ->
                text.replaceFirst(
                        "HTTP/1\\.1",
                        List.of("HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "")
                                .get(random.nextInt(7)));
        };
    }

    private static String afterHead(String text, String line) {
        int start = text.indexOf("\r\n");
        return start < 0 ? text : text.substring(0, start + 2) + line + "\r\n" + text.substring(start + 2);
    }

    private char octet() {
        return OCTETS.charAt(random.nextInt(OCTETS.length()));
    }
}
