package dev.sidecar.server.logging.capture;

/** How the lines of stack traces look. */
final class TraceLines {

    private TraceLines() {}

    /** {@code \tat a.B.c(B.java:1)} of Java and {@code     at f (file.js:1:2)} of Node. */
    static boolean isFrame(String line) {
        int at = indentation(line);
        return at > 0 && line.startsWith("at ", at);
    }

    /** What comes between and after the frames of Java. */
    static boolean isJavaRest(String line) {
        int at = indentation(line);
        return line.startsWith("Caused by: ", at)
                || at > 0 && line.startsWith("Suppressed: ", at)
                || at > 0 && line.startsWith("... ", at);
    }

    /** {@code java.lang.IllegalStateException: why}, {@code TypeError: why}: a type of error begins the line. */
    static boolean isErrorHeader(String line) {
        return Thrown.typeLength(line, Thrown.typeStart(line)) > 0;
    }

    static boolean isPythonStart(String line) {
        return line.endsWith("Traceback (most recent call last):") || line.startsWith("  File \"");
    }

    static boolean isPythonLink(String line) {
        return line.startsWith("During handling of the above exception")
                || line.startsWith("The above exception was the direct cause");
    }

    /** {@code /app/server.js:12}, the first line of Node's last words. */
    static boolean isNodeLocation(String line) {
        int colon = line.lastIndexOf(':');
        if (colon < 1
                || colon + 1 == line.length()
                || colon + 8 < line.length()
                || !(line.startsWith("/") || line.startsWith("file:///") || line.startsWith("node:"))) {
            return false;
        }
        return line.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static boolean isCaret(String line) {
        String trimmed = line.trim();
        return !trimmed.isEmpty() && trimmed.chars().allMatch(c -> c == '^');
    }

    static boolean isNodeVersion(String line) {
        return line.startsWith("Node.js v");
    }

    static boolean isIndented(String line) {
        return indentation(line) > 0;
    }

    private static int indentation(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
