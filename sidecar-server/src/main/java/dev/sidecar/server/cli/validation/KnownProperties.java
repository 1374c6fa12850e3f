package dev.sidecar.server.cli.validation;

import dev.sidecar.json.SidecarJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The properties that there are: what the classes named by the configuration metadata on the class path bind. */
final class KnownProperties {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private final List<Root> roots;

    /** A class bound to a prefix. */
    record Root(String prefix, KnownType type) {

        Optional<KnownType> find(List<String> words) {
            List<String> own = List.of(prefix.split("\\."));
            int common = Math.min(own.size(), words.size());
            for (int i = 0; i < common; i++) {
                if (!own.get(i).equals(YamlEntry.uniform(words.get(i)))) {
                    return Optional.empty();
                }
            }
            return words.size() < own.size()
                    ? Optional.of(new KnownType(Inner.class))
                    : type.below(words.subList(own.size(), words.size()));
        }
    }

    /** Stands for a name that only leads to others. */
    record Inner() {}

    KnownProperties(List<Root> roots) {
        this.roots = List.copyOf(roots);
    }

    /** Those of every jar on the class path. */
    static KnownProperties onClassPath() {
        ClassLoader loader = KnownProperties.class.getClassLoader();
        List<Root> roots = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(METADATA))) {
                try (InputStream json = url.openStream()) {
                    for (JsonNode group :
                            SidecarJson.mapper().readTree(json).path("groups").values()) {
                        addRoot(group, loader, roots);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the jar's configuration metadata cannot be read", e);
        }
        return new KnownProperties(roots);
    }

    private static void addRoot(JsonNode group, ClassLoader loader, List<Root> roots) {
        String name = group.path("name").asString("");
        boolean ours = name.equals("sidecar") || name.startsWith("sidecar.");
        if (!ours || group.has("sourceMethod")) {
            return;
        }
        try {
            roots.add(new Root(
                    name, new KnownType(Class.forName(group.path("type").asString(""), false, loader))));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the jar's configuration metadata names a class that is not there", e);
        }
    }

    /** The type of the property, if there is one; a record for a name that leads to others. */
    Optional<KnownType> find(List<String> words) {
        List<KnownType> found =
                roots.stream().flatMap(root -> root.find(words).stream()).toList();
        // Two classes may bind the same prefix: where one has a value, the other's silence does not count.
        return found.stream().filter(type -> !type.isRecord()).findFirst().or(() -> found.stream()
                .findFirst());
    }

    /** The words that can follow the name. */
    Set<String> following(List<String> words) {
        Set<String> following = new LinkedHashSet<>();
        for (Root root : roots) {
            root.find(words).ifPresent(type -> following.addAll(type.parts().keySet()));
            String[] own = root.prefix().split("\\.");
            if (own.length > words.size() && root.find(words).isPresent()) {
                following.add(own[words.size()]);
            }
        }
        return following;
    }

    /** The names of all values. */
    Stream<String> names() {
        return roots.stream()
                .flatMap(root -> root.type().names(root.prefix()).stream())
                .distinct();
    }
}
