package dev.sidecar.server.offload.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's path as names of directories and at the end a file, decoded exactly once.
 *
 * @param segments names that stay where they are: none is empty, {@code .}, {@code ..} or has a separator
 * @param directory whether there is a slash at the end
 */
record FilePath(List<String> segments, boolean directory) {

    private static final String SHOWN = ".well-known";

    FilePath {
        segments = List.copyOf(segments);
    }

    /** Reads the path; null when no file that may be shown can have it. */
    static @Nullable FilePath of(String raw) {
        if (!raw.startsWith("/")) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        int at = 1;
        while (at < raw.length()) {
            int slash = raw.indexOf('/', at);
            int end = slash < 0 ? raw.length() : slash;
            String segment = decoded(raw, at, end);
            if (segment == null || !mayBeShown(segment)) {
                return null;
            }
            segments.add(segment);
            at = end + 1;
        }
        return new FilePath(segments, raw.endsWith("/"));
    }

    private static boolean mayBeShown(String segment) {
        if (segment.isEmpty() || (segment.charAt(0) == '.' && !segment.equals(SHOWN))) {
            return false;
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c < 0x20 || c == 0x7f || c == '/' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String decoded(String raw, int start, int end) {
        boolean plain = true;
        for (int i = start; i < end; i++) {
            plain &= raw.charAt(i) < 0x80 && raw.charAt(i) != '%';
        }
        if (plain) {
            return raw.substring(start, end);
        }
        ByteBuffer octets = ByteBuffer.allocate(end - start);
        for (int i = start; i < end; i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                octets.put((byte) c);
                continue;
            }
            int high = i + 2 < end ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = i + 2 < end ? Character.digit(raw.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            octets.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
