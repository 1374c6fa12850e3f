package dev.sidecar.server.proxy.http1;

import java.util.Locale;

/** Paths that an upstream may take for another one than the one a prefix was compared with. */
public final class AmbiguousPath {

    private AmbiguousPath() {}

    /** Whether there is a segment {@code .} or {@code ..}, however it is encoded. */
    public static boolean is(String path) {
        if (path.indexOf("/.") < 0 && path.indexOf('%') < 0) {
            return false;
        }
        String plain = path.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "/");
        for (String segment : plain.split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
