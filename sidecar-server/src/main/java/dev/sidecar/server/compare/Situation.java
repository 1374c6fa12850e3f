package dev.sidecar.server.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The user's situation: the answers that the choice weighs. The page asks the same questions; a test holds them equal. */
final class Situation {

    /** The values that are allowed; for a number, the least and the unit. */
    private sealed interface Question permits Words, Amount, OneOf {}

    private record Words() implements Question {}

    private record Amount(int least) implements Question {}

    private record OneOf(List<String> values) implements Question {}

    private static final Map<String, Question> QUESTIONS = questions();

    private Situation() {}

    private static Map<String, Question> questions() {
        Map<String, Question> all = new LinkedHashMap<>();
        all.put("languages", new Words());
        all.put("instances-per-host", new Amount(1));
        all.put("calls-per-second", new Amount(0));
        all.put("memory-per-instance", new Amount(16));
        all.put("owner", new OneOf(List.of("same-team", "other-team", "other-organization")));
        all.put("changes-per-month", new Amount(0));
        all.put("isolation", new OneOf(List.of("none", "some", "strict")));
        all.put("colocated", new OneOf(List.of("yes", "no")));
        all.put("scales-apart", new OneOf(List.of("no", "yes")));
        return all;
    }

    static List<String> keys() {
        return List.copyOf(QUESTIONS.keySet());
    }

    /** The answers in one form. Throws {@link IllegalArgumentException} that names the key, the value and the fix. */
    static Map<String, String> of(Map<String, ? extends @Nullable Object> answers) {
        Map<String, String> checked = new TreeMap<>();
        answers.forEach((key, value) -> checked.put(key, answer(key, value)));
        return checked;
    }

    private static String answer(String key, @Nullable Object value) {
        Question question = QUESTIONS.get(key);
        if (question == null) {
            throw new IllegalArgumentException("'" + key + "' is not known in situation; give one of " + keys());
        }
        String text = text(value);
        if (question instanceof Amount number && !isNumber(text, number.least())) {
            throw refused(key, text, "a number from " + number.least());
        }
        if (question instanceof OneOf choice && !choice.values().contains(text)) {
            throw refused(key, text, "one of " + choice.values());
        }
        if (question instanceof Words && text.isBlank()) {
            throw refused(key, text, "names such as java,node");
        }
        return text;
    }

    /** YAML reads yes and no as true and false. */
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value).strip();
    }

    private static boolean isNumber(String text, int least) {
        try {
            double number = Double.parseDouble(text);
            return number >= least && number <= 1e9;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static IllegalArgumentException refused(String key, String value, String fix) {
        return new IllegalArgumentException("situation." + key + ": '" + value + "' is not allowed; give " + fix);
    }
}
