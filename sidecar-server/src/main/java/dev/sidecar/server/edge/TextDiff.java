package dev.sidecar.server.edge;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** The unified diff of two texts. */
final class TextDiff {

    private static final int CONTEXT = 3;
    private static final int MAX_LINES = 400;

    private TextDiff() {}

    /** Empty when they are the same; a long one is cut, and says so. */
    static String of(String file, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<String> old = before.lines().toList();
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                file, file, old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
        String text = String.join("\n", diff.subList(0, Math.min(diff.size(), MAX_LINES)));
        return diff.size() > MAX_LINES ? text + "\n… " + (diff.size() - MAX_LINES) + " more lines" : text;
    }
}
