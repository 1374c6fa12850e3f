package dev.sidecar.server.edge.driver.nginx;

import dev.sidecar.runtime.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of the main configuration that includes the staged file where the real one includes the target.
 * {@code nginx -t} can judge an include only as a part of the whole; with this it does so before any NGINX could read
 * it. The copies stand beside the originals, because relative paths are relative to them.
 */
final class ShadowConfig implements AutoCloseable {

    private static final Pattern INCLUDE = Pattern.compile("(?m)(?<![\\w$-])include\\s+([^;{}#]+);");
    private static final int MAX_DEPTH = 5;

    private final Path directory;
    private final Path target;
    private final Path staged;
    private final List<Path> copies = new ArrayList<>();

    private ShadowConfig(Path main, Path target, Path staged) {
        this.directory = main.toAbsolutePath().getParent() == null
                ? Path.of("/")
                : main.toAbsolutePath().getParent();
        this.target = target;
        this.staged = staged;
    }

    /**
     * Writes it.
     *
     * @return empty when the main configuration does not include the target
     */
    static Optional<ShadowConfig> write(Path main, Path target, Path staged) throws IOException {
        ShadowConfig shadow = new ShadowConfig(main, target, staged);
        try {
            if (main.equals(target)) {
                return Optional.of(shadow);
            }
            return shadow.copy(main, 0).isPresent() ? Optional.of(shadow) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            shadow.close();
            throw e;
        }
    }

    /** The copy of the main file. */
    Path main() {
        return copies.isEmpty() ? staged : copies.get(copies.size() - 1);
    }

    /** The copy, if the file includes the target at all. */
    private Optional<Path> copy(Path file, int depth) throws IOException {
        if (depth > MAX_DEPTH || !Files.isReadable(file)) {
            return Optional.empty();
        }
        boolean[] changed = {false};
        String text = Files.readString(file);
        Matcher includes = INCLUDE.matcher(text);
        StringBuilder copy = new StringBuilder();
        while (includes.find()) {
            String replacement = commented(text, includes.start()) ? null : replacement(includes.group(1), depth);
            changed[0] |= replacement != null;
            includes.appendReplacement(
                    copy, Matcher.quoteReplacement(replacement == null ? includes.group() : replacement));
        }
        if (!changed[0]) {
            return Optional.empty();
        }
        includes.appendTail(copy);
        Path written = AtomicFiles.stagingFor(file);
        copies.add(written);
        Files.createFile(written, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(written, copy, StandardOpenOption.WRITE);
        return Optional.of(written);
    }

    private static boolean commented(String text, int at) {
        return text.lastIndexOf('#', at) > text.lastIndexOf('\n', at);
    }

    /** One include for each file that is meant; null when the target is not among them. */
    private @org.jspecify.annotations.Nullable String replacement(String words, int depth) throws IOException {
        String pattern = directory
                .resolve(words.strip().replaceAll("^[\"']|[\"']$", ""))
                .normalize()
                .toString();
        boolean changed = false;
        List<Path> files = new ArrayList<>();
        for (Path file : meant(pattern)) {
            if (isTarget(file)) {
                files.add(staged);
                changed = true;
            } else {
                Optional<Path> copy = copy(file, depth + 1);
                files.add(copy.orElse(file));
                changed |= copy.isPresent();
            }
        }
        return changed
                ? files.stream().map(file -> "include \"" + file + "\";").collect(Collectors.joining(" "))
                : null;
    }

    /** By its own name or through a symbolic link, as from sites-enabled to sites-available. */
    private boolean isTarget(Path file) throws IOException {
        return file.equals(target) || Files.exists(file) && file.toRealPath().equals(target);
    }

    private TreeSet<Path> meant(String pattern) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        if (!pattern.matches(".*[*?\\[].*")) {
            files.add(Path.of(pattern));
            return files;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        Path parent = Path.of(pattern.substring(0, pattern.lastIndexOf('/', firstWildcard(pattern)) + 1));
        int levels = (int) pattern.substring(parent.toString().length())
                .chars()
                .filter(c -> c == '/')
                .count();
        try (Stream<Path> below =
                Files.isDirectory(parent) ? Files.walk(parent, Math.max(1, levels)) : Stream.empty()) {
            below.filter(matcher::matches)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .forEach(files::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (matcher.matches(target)) {
            files.add(target);
        }
        return files;
    }

    private static int firstWildcard(String pattern) {
        Matcher found = Pattern.compile("[*?\\[]").matcher(pattern);
        return found.find() ? found.start() : pattern.length();
    }

    @Override
    public void close() throws IOException {
        for (Path copy : copies) {
            Files.deleteIfExists(copy);
        }
    }
}
