package dev.sidecar.redaction;

import java.util.List;

/** Finds and hides secrets, by the names of values and by the forms of text. Thread-safe. */
public final class Secrets {

    /** What stands for a secret. */
    public static final String REDACTED = SensitiveText.REDACTED;

    private final SensitiveNames names;
    private final SensitiveText text;
    private final UserPatterns patterns;

    /**
     * Those that are always hidden, and more.
     *
     * @param keys names whose value is hidden, without regard to case
     * @param patterns regular expressions; what they match is hidden
     * @throws IllegalArgumentException that names the property of a bad key or pattern
     */
    public Secrets(List<String> keys, List<String> patterns) {
        this.names = new SensitiveNames(keys);
        this.text = new SensitiveText(names);
        this.patterns = new UserPatterns(patterns);
    }

    /** Whether the value of this name is a secret, whatever it looks like. */
    public boolean isName(String name) {
        return names.contains(name);
    }

    /** Whether a short look at the text, which must be plain ASCII, tells that there is nothing to hide. */
    public boolean cannotBeIn(String content) {
        return patterns.isEmpty() && !SensitiveText.mayBeIn(content);
    }

    /** The text without secrets; the same string where there was nothing to hide. */
    public String redact(String content) {
        return patterns.redact(text.redact(content));
    }
}
