package dev.sidecar.server.compare;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A profile file: the user's situation, how much to measure, and the user's own application. Each part may be left out.
 */
final class Profile {

    private static final List<String> PLAN = List.of(
            "rounds",
            "warmup-ms",
            "paced-ms",
            "back-to-back-ms",
            "starts",
            "experiment-seconds",
            "block-seconds",
            "spin-seconds",
            "fault-seconds");

    private static final List<String> APP = List.of(
            "command", "port", "ready", "requests", "rate", "seconds", "rounds", "headers", "library", "sidecar");

    private final Map<String, String> situation;
    private final Map<String, String> plan;
    private final @Nullable UserApp app;

    private Profile(Map<String, String> situation, Map<String, String> plan, @Nullable UserApp app) {
        this.situation = situation;
        this.plan = plan;
        this.app = app;
    }

    /** An empty one for null. Throws {@link IllegalArgumentException} that says what is wrong and how to mend it. */
    static Profile read(@Nullable Path file) throws IOException {
        if (file == null) {
            return new Profile(Map.of(), Map.of(), null);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "'" + file + "' " + (Files.exists(file) ? "is not a file that can be read" : "does not exist"));
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            Map<String, Object> all = section(file, "the file", tree, List.of("situation", "plan", "app"));
            return new Profile(
                    Situation.of(section(file, "situation", all.get("situation"), Situation.keys())),
                    texts(section(file, "plan", all.get("plan"), PLAN)),
                    app(file, section(file, "app", all.get("app"), APP)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + file + "' is not text in UTF-8", e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("'" + file + "' is not YAML: " + e.getMessage(), e);
        }
    }

    /** Null where nothing is said of one. */
    private static @Nullable UserApp app(Path file, Map<String, Object> values) throws IOException {
        return values.isEmpty()
                ? null
                : UserApp.of(
                        values, Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    private static Map<String, Object> section(Path file, String name, @Nullable Object tree, List<String> known) {
        Map<String, Object> section = new LinkedHashMap<>();
        if (tree == null) {
            return section;
        }
        if (!(tree instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("'" + file + "': " + name + " has to have keys: " + known);
        }
        map.forEach((key, value) -> {
            if (!known.contains(String.valueOf(key))) {
                throw new IllegalArgumentException(
                        "'" + file + "': '" + key + "' is not known in " + name + "; give one of " + known);
            }
            section.put(String.valueOf(key), value);
        });
        return section;
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    /** What the command line says wins. */
    Profile with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(situation);
        all.putAll(Situation.of(more));
        return new Profile(all, plan, app);
    }

    Map<String, String> situation() {
        return situation;
    }

    @Nullable
    UserApp app() {
        return app;
    }

    Plan plan(Plan base) {
        return new Plan(
                plan.isEmpty() ? base.name() : base.name() + ", changed",
                number("rounds", base.rounds(), 1),
                number("warmup-ms", base.warmupMillis(), 1),
                number("paced-ms", base.pacedMillis(), 1),
                number("back-to-back-ms", base.backToBackMillis(), 1),
                number("starts", base.starts(), 1),
                number("experiment-seconds", base.experimentSeconds(), 0),
                number("block-seconds", number("fault-seconds", base.blockSeconds(), 1), 1),
                number("spin-seconds", number("fault-seconds", base.spinSeconds(), 1), 1),
                base.mostSeconds());
    }

    private int number(String key, int otherwise, int least) {
        String text = plan.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= 100_000) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "plan." + key + ": '" + text + "' is not allowed; give a number from " + least);
    }
}
