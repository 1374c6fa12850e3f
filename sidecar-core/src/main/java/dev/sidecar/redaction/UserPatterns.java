package dev.sidecar.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The patterns of {@code sidecar.logging.redact.patterns}. A search may take a number of steps that is linear in the
 * length of the text; a text for which a pattern needs more is hidden whole, so that no pattern can hold the pipeline
 * up and none lets a secret through for it.
 */
final class UserPatterns {

    private static final int STEPS_PER_CHARACTER = 200;
    private static final int STEPS = 20_000;

    private final List<Pattern> patterns = new ArrayList<>();

    UserPatterns(List<String> patterns) {
        for (int i = 0; i < patterns.size(); i++) {
            this.patterns.add(compiled("sidecar.logging.redact.patterns[" + i + "]", patterns.get(i)));
        }
    }

    private static Pattern compiled(String property, String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.matcher("").find()) {
                throw new IllegalArgumentException(property + ": '" + pattern
                        + "' matches empty text, so it would match everywhere; make it need at least one character");
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    property + ": '" + pattern + "' is not a regular expression: " + e.getDescription()
                            + (e.getIndex() < 0 ? "" : " at position " + (e.getIndex() + 1)),
                    e);
        }
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    String redact(String text) {
        String redacted = text;
        for (Pattern pattern : patterns) {
            redacted = redact(pattern, redacted);
        }
        return redacted;
    }

    private static String redact(Pattern pattern, String text) {
        try {
            Matcher matcher = pattern.matcher(new Bounded(text, 0, text.length(), new Steps(text.length())));
            return matcher.find() ? matcher.replaceAll(Matcher.quoteReplacement(SensitiveText.REDACTED)) : text;
        } catch (StepsSpent | StackOverflowError e) {
            return SensitiveText.REDACTED;
        }
    }

    private static final class StepsSpent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepsSpent() {
            super(null, null, false, false);
        }
    }

    private static final class Steps {
        private long left;

        Steps(int length) {
            left = STEPS + (long) STEPS_PER_CHARACTER * length;
        }

        void take() {
            if (--left < 0) {
                throw new StepsSpent();
            }
        }
    }

    private record Bounded(String text, int from, int to, Steps steps) implements CharSequence {

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            steps.take();
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text, from + start, from + end, steps);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
