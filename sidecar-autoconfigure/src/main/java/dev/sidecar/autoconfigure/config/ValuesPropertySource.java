package dev.sidecar.autoconfigure.config;

import dev.sidecar.config.ConfigEntry;
import dev.sidecar.config.FlatEntries.FlatEntry;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;

/** The values of some layers as Spring reads properties; each knows where it is from. */
final class ValuesPropertySource extends EnumerablePropertySource<SpringValues> implements OriginLookup<String> {

    private final Predicate<ConfigEntry> layers;

    ValuesPropertySource(String name, SpringValues values, Predicate<ConfigEntry> layers) {
        super(name, values);
        this.layers = layers;
    }

    /** As a failure analysis prints it. */
    record ValueOrigin(ConfigEntry entry) implements Origin {

        @Override
        public String toString() {
            String version = entry.version() == null ? "" : ", version " + entry.version();
            return "Sidecar's configuration: " + entry.origin() + version;
        }
    }

    private @Nullable FlatEntry find(String name) {
        FlatEntry found = getSource().values().get(name);
        return found != null && layers.test(found.entry()) ? found : null;
    }

    @Override
    public @Nullable Object getProperty(String name) {
        FlatEntry found = find(name);
        return found == null ? null : found.text();
    }

    @Override
    public String[] getPropertyNames() {
        return getSource().values().entrySet().stream()
                .filter(entry -> layers.test(entry.getValue().entry()))
                .map(java.util.Map.Entry::getKey)
                .toArray(String[]::new);
    }

    @Override
    public @Nullable Origin getOrigin(String name) {
        FlatEntry found = find(name);
        return found == null ? null : new ValueOrigin(found.entry());
    }
}
