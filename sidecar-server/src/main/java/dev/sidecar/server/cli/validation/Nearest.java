package dev.sidecar.server.cli.validation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was most likely meant. */
public final class Nearest {

    private Nearest() {}

    /** The nearest by edit distance, unless even that is another word altogether. */
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(word, candidate) <= Math.max(2, word.length() / 2));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = back[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(back[j], row[j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoBack[j - 2] + 1);
                }
            }
            int[] free = twoBack;
            twoBack = back;
            back = row;
            row = free;
        }
        return back[b.length()];
    }
}
