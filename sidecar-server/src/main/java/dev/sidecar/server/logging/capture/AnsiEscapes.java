package dev.sidecar.server.logging.capture;

/** Colours and cursor moves that programs print for a terminal. */
final class AnsiEscapes {

    private static final char ESCAPE = '\u001b';

    private AnsiEscapes() {}

    /** The text without control sequences (ECMA-48, {@code ESC [ … letter}); the same string where there is none. */
    static String strip(String text) {
        int escape = text.indexOf(ESCAPE);
        if (escape < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (escape >= 0) {
            int end = end(text, escape);
            if (end > escape) {
                out.append(text, copied, escape);
                copied = end;
            }
            escape = text.indexOf(ESCAPE, Math.max(end, escape + 1));
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Where the sequence is over; the start itself when it is none. */
    private static int end(String text, int escape) {
        int i = escape + 1;
        if (i >= text.length() || text.charAt(i) != '[') {
            return escape;
        }
        for (i++; i < text.length() && i < escape + 32; i++) {
            char c = text.charAt(i);
            if (c >= '@' && c <= '~') {
                return i + 1;
            }
            if (c < ' ' || c > '?') {
                return escape;
            }
        }
        return escape;
    }
}
