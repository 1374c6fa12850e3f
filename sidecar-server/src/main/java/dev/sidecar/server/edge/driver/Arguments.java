package dev.sidecar.server.edge.driver;

import java.nio.file.Path;
import java.util.List;

/** The words of a check with the staged file in the place of the one it would replace. */
public final class Arguments {

    private static final String FILE = "{file}";

    private Arguments() {}

    /** Whether the command can be pointed at another file. */
    public static boolean name(List<String> words, Path target) {
        return words.stream().anyMatch(word -> word.contains(FILE) || isTarget(word, target));
    }

    public static List<String> with(List<String> words, Path target, Path staged) {
        return words.stream()
                .map(word -> isTarget(word, target) ? staged.toString() : word.replace(FILE, staged.toString()))
                .toList();
    }

    private static boolean isTarget(String word, Path target) {
        return word.equals(target.toString())
                || Path.of(word.replace('\0', '_')).toAbsolutePath().equals(target);
    }
}
