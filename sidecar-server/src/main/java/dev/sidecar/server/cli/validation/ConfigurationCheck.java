package dev.sidecar.server.cli.validation;

import dev.sidecar.json.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds everything that is wrong in the {@code sidecar} tree of a configuration file; other trees are not judged. */
public final class ConfigurationCheck {

    private static final Pattern WORD = Pattern.compile("\\[[^]]*]|[^.\\[]+");

    private final KnownProperties known;
    private final ValueCheck values = new ValueCheck();

    private ConfigurationCheck(KnownProperties known) {
        this.known = known;
    }

    /** By the properties of this process. */
    public static ConfigurationCheck create() {
        return new ConfigurationCheck(KnownProperties.onClassPath());
    }

    static ConfigurationCheck of(KnownProperties known) {
        return new ConfigurationCheck(known);
    }

    /** All findings in the order of the file; empty when it is fine. */
    public List<Finding> check(Path file) throws IOException {
        YamlEntries yaml = YamlEntries.read(file);
        List<Finding> findings = new ArrayList<>(yaml.findings());
        String settled = null;
        for (YamlEntry entry : yaml.entries()) {
            if (settled != null && isBelow(entry.name(), settled)) {
                continue;
            }
            settled = null;
            if (judge(entry, findings)) {
                settled = entry.name();
            }
        }
        if (findings.stream().noneMatch(Finding::error)) {
            findings.addAll(tried(file, yaml.entries()));
        }
        findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return findings;
    }

    /** What is wrong with values that are fine each for itself. A tree with a placeholder is the start's to judge. */
    private static List<Finding> tried(Path file, List<YamlEntry> entries) throws IOException {
        List<String> leftOut = entries.stream()
                .filter(entry -> entry.value() != null && entry.value().contains("${"))
                .flatMap(entry ->
                        Stream.of("sidecar." + words(entry.name() + ".").get(1), "sidecar"))
                .toList();
        return Trial.of(file).problems(leftOut).stream()
                .distinct()
                .map(problem -> finding(placeOf(problem, entries), true, problem))
                .toList();
    }

    /** The entry with the longest name that the problem tells of, else the root. */
    private static YamlEntry placeOf(String problem, List<YamlEntry> entries) {
        return entries.stream()
                .filter(entry -> YamlEntry.uniform(problem).contains(YamlEntry.uniform(entry.name())))
                .max(Comparator.comparingInt(entry -> entry.name().length()))
                .orElse(new YamlEntry("", null, 1, 1, false));
    }

    /** What is wrong with the name of a property, empty when nothing is. */
    public Optional<String> checkName(String name) {
        List<String> words = words(name);
        boolean judged = YamlEntry.uniform(words.get(0)).equals("sidecar");
        return judged && known.find(words).isEmpty() ? Optional.of(unknown(name, words)) : Optional.empty();
    }

    /** What a property should have been given instead of a value it could not take. */
    public static String refusal(String name, Object value, Class<?> type) {
        return name + ": '" + value + "' is not allowed; give " + ValueCheck.wanted(type);
    }

    /** Returns whether nothing more is to be said of what is below the entry. */
    private boolean judge(YamlEntry entry, List<Finding> findings) {
        List<String> words = words(entry.name());
        if (!YamlEntry.uniform(words.get(0)).equals("sidecar")) {
            if (NearestName.distance(words.get(0), "sidecar") <= 2) {
                findings.add(finding(entry, true, "'" + words.get(0) + "' is not known; did you mean sidecar?"));
            }
            return true;
        }
        Optional<KnownType> type = known.find(words);
        if (type.isEmpty()) {
            findings.add(finding(entry, true, unknown(entry.name(), words)));
            return true;
        }
        values.problem(entry, type.get()).ifPresent(detail -> findings.add(finding(entry, true, detail)));
        return false;
    }

    private String unknown(String name, List<String> words) {
        String wrong = words.get(words.size() - 1);
        List<String> parent = words.subList(0, words.size() - 1);
        Optional<String> nearest = known.find(parent).isPresent()
                ? NearestName.of(wrong, known.following(parent)).map(word -> String.join(".", parent) + "." + word)
                : Optional.empty();
        return "unknown property " + name
                + nearest.or(() -> deeper(parent, wrong))
                        .or(() -> NearestName.of(name, known.names().toList()))
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("");
    }

    /** What the user may have looked for one floor too high. */
    private Optional<String> deeper(List<String> parent, String word) {
        String prefix = String.join(".", parent) + ".";
        return known.names()
                .filter(name -> name.startsWith(prefix) && name.endsWith("." + word))
                .findFirst();
    }

    private static Finding finding(YamlEntry entry, boolean error, String detail) {
        return new Finding(entry.line(), entry.column(), error, detail);
    }

    private static boolean isBelow(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".") || name.startsWith(parent + "[");
    }

    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(name);
        while (word.find()) {
            words.add(word.group());
        }
        return words.isEmpty() ? List.of(name) : words;
    }
}
