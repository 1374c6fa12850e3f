package dev.sidecar.autoconfigure.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties below a name with their own names as they were written, which a binder would make uniform. */
final class ValuesBelow {

    private ValuesBelow() {}

    /** By the rest of the name; placeholders are resolved. Not from environment variables, whose names have no dots. */
    static Map<String, Object> of(ConfigurableEnvironment environment, String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> names
                    && !(source instanceof SystemEnvironmentPropertySource)) {
                Arrays.stream(names.getPropertyNames())
                        .filter(property -> property.startsWith(name + "."))
                        .forEach(property -> {
                            Object value = environment.getProperty(property, Object.class);
                            if (value != null) {
                                values.putIfAbsent(property.substring(name.length() + 1), value);
                            }
                        });
            }
        }
        return values;
    }
}
