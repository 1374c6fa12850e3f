package dev.sidecar.environment;

import java.util.function.UnaryOperator;

/** Words of a command line as a shell sees them, near enough to look for secrets in them. */
final class CommandLine {

    private CommandLine() {}

    /** The same line with each word mapped; what is quoted belongs to one word. In time linear in its length. */
    static String mapped(String line, UnaryOperator<String> word) {
        StringBuilder out = new StringBuilder(line.length());
        int i = 0;
        while (i < line.length()) {
            int end = endOfWord(line, i);
            if (end == i) {
                out.append(line.charAt(i++));
            } else {
                out.append(word.apply(line.substring(i, end)));
                i = end;
            }
        }
        return out.toString();
    }

    private static int endOfWord(String line, int start) {
        int i = start;
        while (i < line.length() && !Character.isWhitespace(line.charAt(i))) {
            int close = isQuote(line.charAt(i)) ? line.indexOf(line.charAt(i), i + 1) : -1;
            // A quote that is not closed is an apostrophe.
            i = close < 0 ? i + 1 : close + 1;
        }
        return i;
    }

    /** Whether it is one quoted text as a whole. */
    static boolean isQuoted(String word) {
        return word.length() > 1 && isQuote(word.charAt(0)) && word.indexOf(word.charAt(0), 1) == word.length() - 1;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
