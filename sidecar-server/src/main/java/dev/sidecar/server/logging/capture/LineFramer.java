package dev.sidecar.server.logging.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines. What is kept of a line is bounded: the rest of a longer one is counted and skipped. Not
 * thread-safe.
 */
final class LineFramer {

    /** What is kept of one line, in bytes. */
    static final int MAX_LINE = 1 << 20;

    private static final int USUAL = 8192;

    private final Consumer<Line> lines;
    private byte[] kept = new byte[USUAL];
    private int length;
    private long cut;

    LineFramer(Consumer<Line> lines) {
        this.lines = lines;
    }

    void feed(byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i - from);
                end();
                from = i + 1;
            }
        }
        keep(bytes, from, count - from);
    }

    /** The stream is over: what is left is a line too. */
    void finish() {
        if (length > 0 || cut > 0) {
            end();
        }
    }

    private void keep(byte[] bytes, int from, int count) {
        int fits = Math.min(count, MAX_LINE - length);
        if (length + fits > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(MAX_LINE, Math.max(length + fits, 2 * kept.length)));
        }
        System.arraycopy(bytes, from, kept, length, fits);
        length += fits;
        cut += count - fits;
    }

    private void end() {
        int end = length;
        if (cut > 0) {
            int whole = wholeCharacters();
            cut += end - whole;
            end = whole;
        } else if (end > 0 && kept[end - 1] == '\r') {
            end--;
        }
        Line line = new Line(new String(kept, 0, end, StandardCharsets.UTF_8), cut);
        length = 0;
        cut = 0;
        if (kept.length > 8 * USUAL) {
            kept = new byte[USUAL];
        }
        lines.accept(line);
    }

    /** The length without a character whose bytes were cut in two. */
    private int wholeCharacters() {
        int start = length - 1;
        while (start >= 0 && start > length - 4 && (kept[start] & 0xC0) == 0x80) {
            start--;
        }
        if (start < 0 || kept[start] >= 0) {
            return length;
        }
        int lead = kept[start] & 0xFF;
        int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + size > length ? start : length;
    }
}
