package dev.sidecar.server.offload.files;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory and the part of the URL space that it serves.
 *
 * @param prefix without a slash at the end; empty for the whole
 * @param names the prefix's
 * @param index the file that stands for a directory
 * @param fallback the file, below the root, that stands for what is not there; null for none
 * @param cache the first that matches; {@code no-cache} where none does
 */
public record StaticRoot(
        String prefix,
        List<String> names,
        RootDirectory directory,
        String index,
        @Nullable List<String> fallback,
        List<CacheRule> cache) {

    /**
     * @param path such as {@code /assets}
     * @throws IllegalArgumentException naming what is wrong
     */
    public static StaticRoot of(
            String path, Path root, String index, @Nullable String fallback, List<CacheRule> cache) {
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        FilePath names = FilePath.of(prefix.isEmpty() ? "/" : prefix);
        if (names == null || path.indexOf('%') >= 0) {
            throw new IllegalArgumentException("path: '" + path + "' is not a path such as /assets");
        }
        FilePath page = FilePath.of("/" + index);
        if (page == null || page.segments().size() != 1) {
            throw new IllegalArgumentException("index: '" + index + "' is not the name of a file");
        }
        FilePath instead = fallback == null ? null : FilePath.of(fallback.startsWith("/") ? fallback : "/" + fallback);
        if (fallback != null && (instead == null || instead.segments().isEmpty())) {
            throw new IllegalArgumentException("fallback: '" + fallback + "' is not a file below the root");
        }
        return new StaticRoot(
                prefix,
                names.segments(),
                new RootDirectory(root),
                index,
                instead == null ? null : instead.segments(),
                List.copyOf(cache));
    }

    /** @throws IllegalArgumentException naming what is wrong, when it is not there */
    public static void requireDirectory(Path root) {
        if (!root.toFile().isDirectory()) {
            throw new IllegalArgumentException("root: " + root.toAbsolutePath().normalize() + " is not a directory");
        }
    }

    /** Whether everything that is not a file here is the application's. */
    boolean sharesWithApp() {
        return prefix.isEmpty();
    }

    boolean takes(List<String> segments) {
        return segments.size() >= names.size()
                && segments.subList(0, names.size()).equals(names);
    }

    List<String> below(List<String> segments) {
        return segments.subList(names.size(), segments.size());
    }

    String cacheControl(Path below) {
        for (CacheRule rule : cache) {
            if (rule.matches(below)) {
                return rule.value();
            }
        }
        return "no-cache";
    }
}
