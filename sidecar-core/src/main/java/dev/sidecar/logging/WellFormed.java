package dev.sidecar.logging;

/** Text that every encoder can write. */
public final class WellFormed {

    private WellFormed() {}

    /** The text with each half of a surrogate pair replaced by U+FFFD; the same string where there is none. */
    public static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return repaired(text, i);
                }
            }
        }
        return text;
    }

    private static String repaired(String text, int from) {
        StringBuilder out = new StringBuilder(text);
        for (int i = from; i < out.length(); i++) {
            if (i + 1 < out.length() && Character.isSurrogatePair(out.charAt(i), out.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(out.charAt(i))) {
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out.toString();
    }

    /** What an object of the application says of itself; code of others may fail here. */
    public static String textOf(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return "[" + value.getClass().getName() + ": toString failed]";
        }
    }
}
