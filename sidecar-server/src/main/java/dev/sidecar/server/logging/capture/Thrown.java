package dev.sidecar.server.logging.capture;

import dev.sidecar.logging.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The line that names an error.
 *
 * @param type such as {@code java.lang.IllegalStateException}, {@code TypeError}
 */
record Thrown(String type, @Nullable String message) {

    private static final String[] PREFIXES = {"Exception in thread \"", "Uncaught "};
    private static final String[] ENDINGS = {"Exception", "Error", "Throwable", "Interrupt", "Warning", "Exit"};

    /** Null when the line does not begin with a type of error. */
    static @Nullable Thrown of(String line) {
        int start = typeStart(line);
        int end = start + typeLength(line, start);
        if (end == start) {
            return null;
        }
        String message = line.startsWith(": ", end) ? line.substring(end + 2) : null;
        return new Thrown(line.substring(start, end), message);
    }

    Severity severity() {
        return type.endsWith("Warning") ? Severity.WARN : Severity.ERROR;
    }

    static int typeStart(String line) {
        if (line.startsWith(PREFIXES[0])) {
            int quote = line.indexOf("\" ", PREFIXES[0].length());
            return quote < 0 ? 0 : quote + 2;
        }
        return line.startsWith(PREFIXES[1]) ? PREFIXES[1].length() : 0;
    }

    /** 0 when it is none: a type ends the line, or is followed by a colon, or by Node's code in brackets. */
    static int typeLength(String line, int start) {
        int end = start;
        while (end < line.length() && isTypePart(line.charAt(end))) {
            end++;
        }
        boolean ends = end == line.length()
                || line.charAt(end) == ':' && (end + 1 == line.length() || line.charAt(end + 1) == ' ')
                || line.startsWith(" [", end)
                || line.startsWith(" {", end);
        String type = line.substring(start, end);
        return ends && isErrorName(type) ? end - start : 0;
    }

    private static boolean isErrorName(String type) {
        for (String ending : ENDINGS) {
            if (type.endsWith(ending)) {
                return Character.isUpperCase(type.charAt(type.lastIndexOf('.') + 1));
            }
        }
        return false;
    }

    private static boolean isTypePart(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '$';
    }
}
