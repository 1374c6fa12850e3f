package dev.sidecar.health;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a GET on a connection that is used once (RFC 9112): so much of it as decides on health.
 *
 * @param body the beginning of it
 */
record HttpAnswer(int status, String body) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.\\d (\\d{3})(?: .*)?");
    private static final int LONGEST_HEAD = 64 * 1024;

    /** What comes after so much of a body decides nothing any more, and is not waited for. */
    private static final int BODY_READ = 64 * 1024;

    /** Reads to the end of the body, so that a body that does not end is a failure of time. */
    static HttpAnswer read(InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw, 4096);
        Head head = Head.read(in);
        while (head.status < 200) {
            head = Head.read(in);
        }
        boolean empty = head.status == 204 || head.status == 304;
        return new HttpAnswer(head.status, empty ? "" : body(in, head));
    }

    private static String body(InputStream in, Head head) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long budget = BODY_READ;
        if (head.chunked) {
            long size = chunkSize(in);
            while (size > 0 && budget > 0) {
                budget -= copy(in, kept, Math.min(size, budget));
                if (budget > 0) {
                    line(in, new int[] {LONGEST_HEAD});
                    size = chunkSize(in);
                }
            }
        } else {
            long length = head.length < 0 ? budget : Math.min(head.length, budget);
            long read = copy(in, kept, length);
            if (head.length >= 0 && read < length) {
                throw new EOFException("the body ended after " + read + " of " + head.length + " bytes");
            }
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private static long chunkSize(InputStream in) throws IOException {
        String size = line(in, new int[] {LONGEST_HEAD}).replaceFirst("[ \\t]*(;.*)?$", "");
        try {
            return Long.parseLong(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("the body is malformed: no size of a chunk", e);
        }
    }

    private static long copy(InputStream in, ByteArrayOutputStream kept, long bytes) throws IOException {
        byte[] buffer = new byte[4096];
        long read = 0;
        while (read < bytes) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, bytes - read));
            if (count < 0) {
                return read;
            }
            kept.write(buffer, 0, Math.max(0, Math.min(count, Output.LIMIT - kept.size())));
            read += count;
        }
        return read;
    }

    private static String line(InputStream in, int[] room) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed before the answer was whole");
            }
            if (--room[0] < 0) {
                throw new IOException("the head of the answer is longer than " + LONGEST_HEAD + " bytes");
            }
            line.append((char) next);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    private record Head(int status, long length, boolean chunked) {

        static Head read(InputStream in) throws IOException {
            int[] room = {LONGEST_HEAD};
            Matcher status = STATUS_LINE.matcher(line(in, room));
            if (!status.matches()) {
                throw new IOException("the answer is not HTTP/1.1");
            }
            long length = -1;
            boolean chunked = false;
            for (String field = line(in, room); !field.isEmpty(); field = line(in, room)) {
                String lower = field.toLowerCase(Locale.ROOT);
                String value = lower.substring(lower.indexOf(':') + 1).trim();
                if (lower.startsWith("content-length:")) {
                    length = value.matches("\\d{1,18}") ? Long.parseLong(value) : -1;
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = value.endsWith("chunked");
                }
            }
            return new Head(Integer.parseInt(status.group(1)), length, chunked);
        }
    }
}
