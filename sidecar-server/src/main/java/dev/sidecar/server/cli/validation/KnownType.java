package dev.sidecar.server.cli.validation;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Name;

/** The type of a property: a record with parts of its own, a map with names of the user's choice, a list, or a value. */
record KnownType(Type type) {

    boolean isMap() {
        return Map.class.isAssignableFrom(raw());
    }

    boolean isCollection() {
        return Collection.class.isAssignableFrom(raw());
    }

    boolean isRecord() {
        return raw().isRecord();
    }

    /** What the values of a map or the items of a list are. */
    KnownType element() {
        return type instanceof ParameterizedType generic
                ? new KnownType(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1])
                : new KnownType(String.class);
    }

    /** The parts of a record by their names in kebab case; empty for other types. */
    Map<String, KnownType> parts() {
        Map<String, KnownType> parts = new LinkedHashMap<>();
        if (isRecord()) {
            Arrays.stream(raw().getRecordComponents())
                    .forEach(part -> parts.put(boundName(part), new KnownType(part.getGenericType())));
        }
        return parts;
    }

    /** What is below this, by the remaining words of a name. */
    Optional<KnownType> below(List<String> words) {
        if (words.isEmpty()) {
            return Optional.of(this);
        }
        String word = words.get(0);
        List<String> rest = words.subList(1, words.size());
        if (word.startsWith("[") && (isCollection() || isMap())) {
            return element().below(rest);
        }
        if (isMap()) {
            // A name of the user's own may have dots, where no more names of ours can follow.
            return element().isRecord() ? element().below(rest) : Optional.of(element());
        }
        return parts().entrySet().stream()
                .filter(part -> YamlEntry.uniform(part.getKey()).equals(YamlEntry.uniform(word)))
                .findFirst()
                .flatMap(part -> part.getValue().below(rest));
    }

    /** The names of all values below this. */
    List<String> names(String prefix) {
        if (!isRecord()) {
            return List.of(prefix);
        }
        List<String> names = new ArrayList<>();
        parts().forEach((word, part) -> names.addAll(part.names(prefix + "." + word)));
        return names;
    }

    /** Where a word of ours is one of Java's, the component is named otherwise and says so. */
    private static String boundName(RecordComponent part) {
        try {
            Name name =
                    part.getDeclaringRecord().getDeclaredField(part.getName()).getAnnotation(Name.class);
            return name == null ? kebab(part.getName()) : name.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every component of a record has a field", e);
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    Class<?> raw() {
        Type plain = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return plain instanceof Class<?> known ? known : Object.class;
    }
}
