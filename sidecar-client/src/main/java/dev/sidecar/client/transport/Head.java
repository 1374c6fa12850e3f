package dev.sidecar.client.transport;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Status and headers of an answer (RFC 9112). Interim answers (1xx) are skipped.
 *
 * @param headers by name in lower case
 * @param reusable whether another request may follow on the same connection
 */
record Head(int status, Map<String, String> headers, boolean reusable) {

    static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_INTERIM = 16;

    static Head read(Wire wire, Deadline deadline) throws IOException {
        for (int i = 0; i <= MAX_INTERIM; i++) {
            Head head = readOne(wire, deadline);
            if (head.status >= 200) {
                return head;
            }
        }
        throw new MalformedAnswerException("more than " + MAX_INTERIM + " interim answers");
    }

    private static Head readOne(Wire wire, Deadline deadline) throws IOException {
        Lines lines = new Lines(wire, deadline, MAX_BYTES);
        String statusLine = lines.next();
        int status = status(statusLine);
        Map<String, String> headers = new HashMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) <= ' ') {
                throw new MalformedAnswerException("not a header: '" + shown(line) + "'");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            String before = headers.put(name, value);
            if (before != null && name.equals("content-length") && !before.equals(value)) {
                throw new MalformedAnswerException("two different lengths: " + before + " and " + value);
            }
        }
        boolean framedTwice = headers.containsKey("transfer-encoding") && headers.containsKey("content-length");
        boolean close = "close".equalsIgnoreCase(headers.get("connection")) || statusLine.startsWith("HTTP/1.0");
        return new Head(status, headers, !close && !framedTwice);
    }

    private static int status(String line) throws IOException {
        if (line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ') {
            try {
                int status = Integer.parseInt(line.substring(9, 12));
                if (status >= 100 && status != 101) {
                    return status;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
        }
        throw new MalformedAnswerException("not the beginning of an HTTP/1.1 answer: '" + shown(line) + "'");
    }

    private static String shown(String line) {
        return line.substring(0, Math.min(line.length(), 60)).replaceAll("[^ -~]", ".");
    }

    /** Lines that end in LF or CRLF, all of them together within a limit. */
    static final class Lines {

        private final Wire wire;
        private final Deadline deadline;
        private int left;

        Lines(Wire wire, Deadline deadline, int limit) {
            this.wire = wire;
            this.deadline = deadline;
            this.left = limit;
        }

        String next() throws IOException {
            String line = wire.line(left, deadline);
            left -= line.length();
            return line;
        }
    }
}
