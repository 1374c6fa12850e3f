package dev.sidecar.config.render;

/** What {@link java.util.Properties} reads back as it was; letters of all languages stay as they are (UTF-8). */
final class PropertiesText {

    private PropertiesText() {}

    static String name(String text) {
        return escaped(text).replace(":", "\\:").replace("=", "\\=").replace(" ", "\\ ");
    }

    static String value(String text) {
        String escaped = escaped(text);
        return escaped.startsWith(" ") ? "\\" + escaped : escaped;
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                case '\f' -> result.append("\\f");
                default -> result.append(c);
            }
        }
        return result.toString();
    }
}
