package dev.sidecar.monitor;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number as people write it: {@code 1.5}, {@code 80%}, {@code 512MB} (of 1024, as Spring Boot's sizes are). */
final class ThresholdValue {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*(%|[kmgt]?i?b)?");
    private static final Map<String, Double> UNITS = Map.of(
            "", 1.0,
            "%", 0.01,
            "b", 1.0,
            "kb", 1024.0,
            "mb", 1048576.0,
            "gb", 1073741824.0,
            "tb", 1099511627776.0);

    private ThresholdValue() {}

    static double parse(String property, String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(property + ": '" + text
                    + "' is not allowed; give a number, a share such as 80%, or a size such as" + " 512MB");
        }
        String unit = form.group(2) == null ? "" : form.group(2).replace("i", "");
        return Double.parseDouble(form.group(1)) * UNITS.getOrDefault(unit, 1.0);
    }
}
