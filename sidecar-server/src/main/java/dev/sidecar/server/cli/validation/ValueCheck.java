package dev.sidecar.server.cli.validation;

import dev.sidecar.resilience.HashKey;
import dev.sidecar.resilience.Percent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.unit.DataSize;

/** Tells whether a value is one its property can take, by the very conversions that will be made at the start. */
final class ValueCheck {

    private final ConversionService conversions = ApplicationConversionService.getSharedInstance();

    /** What is wrong, empty when nothing is. */
    Optional<String> problem(YamlEntry entry, KnownType type) {
        String value = entry.value();
        if (value == null) {
            return Optional.empty();
        }
        if (type.isRecord() || (type.isMap() && !value.isEmpty())) {
            return Optional.of(entry.name() + ": takes names below it, not the value '" + value + "'");
        }
        if (value.contains("${") || type.isMap()) {
            return Optional.empty();
        }
        Class<?> target = type.isCollection() ? type.element().raw() : type.raw();
        for (String each : type.isCollection() ? value.split(",") : new String[] {value}) {
            if (!converts(each.strip(), target)) {
                return Optional.of(entry.name() + ": '" + each.strip() + "' is not allowed; give " + wanted(target));
            }
        }
        return Optional.empty();
    }

    private boolean converts(String value, Class<?> target) {
        try {
            return value.isEmpty()
                    || !conversions.canConvert(String.class, target)
                    || conversions.convert(value, target) != null;
        } catch (ConversionException e) {
            return false;
        }
    }

    static String wanted(Class<?> target) {
        if (target.isEnum()) {
            return Arrays.stream(target.getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
        if (target == Duration.class) {
            return "a duration such as 500ms, 15s or 2m";
        }
        if (target == Percent.class) {
            return "a percentage such as 20%";
        }
        if (target == HashKey.class) {
            return "path, header:<name> or cookie:<name>";
        }
        if (target == DataSize.class) {
            return "a size such as 512KB or 64MB";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(target) || target.isPrimitive()
                ? "a whole number"
                : "a " + target.getSimpleName();
    }
}
