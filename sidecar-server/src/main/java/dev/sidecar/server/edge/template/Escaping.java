package dev.sidecar.server.edge.template;

import io.pebbletemplates.pebble.extension.escaper.EscapingStrategy;

/**
 * What every printed value goes through. Neither proxy has an escape that holds in every place of its file (NGINX has
 * none at all for {@code $}), so a character that may mean something is replaced by {@code _}: whatever a registry
 * holds stays one word.
 */
final class Escaping implements EscapingStrategy {

    private static final String HARMLESS = "._:/+,@=-";

    @Override
    public String escape(String value) {
        StringBuilder safe = new StringBuilder(value.length());
        value.codePoints().forEach(c -> safe.append(harmless(c) ? (char) c : '_'));
        return safe.toString();
    }

    private static boolean harmless(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || HARMLESS.indexOf(c) >= 0;
    }
}
