package dev.sidecar.health;

import java.nio.charset.StandardCharsets;

/** What a run had to say, kept short. */
final class Output {

    static final int LIMIT = 4096;

    private static final String CUT = "…";
    private static final int CUT_SIZE = CUT.getBytes(StandardCharsets.UTF_8).length;

    private Output() {}

    /** At most {@link #LIMIT} bytes of UTF-8. */
    static String clip(String text) {
        return clip(text, LIMIT);
    }

    /** At most so many bytes of UTF-8; never half a character. */
    static String clip(String text, int limit) {
        if (text.length() <= limit / 3) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= limit ? text : head(bytes, limit - CUT_SIZE) + CUT;
    }

    /** What an exception means to somebody who reads a health report. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static String head(byte[] bytes, int limit) {
        int end = limit;
        // A byte 10xxxxxx continues a character that began before it.
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
