package dev.sidecar.server.offload.files;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;

/** Which Cache-Control files get whose path below the root, or name where the pattern has no slash, matches. */
public record CacheRule(PathMatcher matcher, boolean byName, String value) {

    /**
     * @param pattern such as {@code *.css} or {@code img/**}
     * @throws IllegalArgumentException when it is no pattern, or the value is no header field's
     */
    public static CacheRule of(String pattern, String value) {
        if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("'" + value + "' has a character that Cache-Control does not allow");
        }
        try {
            return new CacheRule(
                    FileSystems.getDefault().getPathMatcher("glob:" + pattern), pattern.indexOf('/') < 0, value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is not a pattern such as *.css or img/**", e);
        }
    }

    boolean matches(Path below) {
        Path name = below.getFileName();
        return matcher.matches(byName && name != null ? name : below);
    }
}
