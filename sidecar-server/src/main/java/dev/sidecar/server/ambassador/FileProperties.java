package dev.sidecar.server.ambassador;

import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/** What a configuration file says, by the names of its properties. Immutable. */
record FileProperties(Map<String, String> values) {

    static FileProperties of(ConfigurableEnvironment environment) {
        Map<String, String> values = new TreeMap<>();
        environment.getPropertySources().stream()
                .filter(OriginTrackedMapPropertySource.class::isInstance)
                .map(OriginTrackedMapPropertySource.class::cast)
                .forEach(source -> {
                    for (String name : source.getPropertyNames()) {
                        values.putIfAbsent(name, String.valueOf(source.getProperty(name)));
                    }
                });
        return new FileProperties(values);
    }

    /** What is not as it was there and is not followed. */
    SortedSet<String> otherThanIn(FileProperties before) {
        SortedSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(before.values.keySet());
        names.removeIf(name -> isFollowed(name) || Objects.equals(values.get(name), before.values.get(name)));
        return names;
    }

    private static boolean isFollowed(String name) {
        return name.startsWith("sidecar.ambassador.routes")
                || name.startsWith("sidecar.ambassador.hosts")
                || name.startsWith("sidecar.ambassador.access-log.")
                || name.startsWith("sidecar.resilience.");
    }
}
