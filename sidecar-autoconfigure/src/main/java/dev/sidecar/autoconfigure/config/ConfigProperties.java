package dev.sidecar.autoconfigure.config;

import dev.sidecar.autoconfigure.InvalidProperty;
import dev.sidecar.config.ConfigKeys;
import dev.sidecar.config.render.RenderFormat;
import dev.sidecar.config.render.RenderOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * {@code sidecar.config.*}.
 *
 * @param enabled Whether Spring's environment has the values.
 * @param store Where values are written: in the store that all sidecars and libraries of this host share.
 * @param defaults Values of the application by key, for when nothing else says one.
 * @param values Values of the application by key, above the defaults.
 * @param files Paths of .properties, .yml, .yaml and .json files, and of directories with a file for each key. Changes
 *     are seen. The last one counts most.
 * @param environment Which environment variables are values.
 * @param render Files, and environment variables, that are made of the values.
 */
@ConfigurationProperties("sidecar.config")
public record ConfigProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("local") Store store,
        @DefaultValue Map<String, Object> defaults,
        @DefaultValue Map<String, Object> values,
        @DefaultValue List<String> files,
        @DefaultValue Environment environment,
        @DefaultValue List<Render> render) {

    /** Where values are written. */
    public enum Store {
        /** The store that all sidecars and libraries of the host share. */
        LOCAL
    }

    /**
     * Which environment variables are values, besides those for keys that a file or sidecar.yml has.
     *
     * @param prefixes Beginnings of names, such as ORDERS_; ORDERS_DB_URL is orders.db.url.
     * @param names Single variables.
     */
    public record Environment(@DefaultValue List<String> prefixes, @DefaultValue List<String> names) {}

    /** What values are made into. */
    public enum Format {
        /** A file as java.util.Properties reads it. */
        PROPERTIES,
        /** A file with one object. */
        JSON,
        /** A file in YAML. */
        YAML,
        /** A file of NAME=value lines. */
        ENV,
        /** Variables in the environment of the application that the sidecar starts. */
        ENVIRONMENT
    }

    /** What the application is told with. */
    public enum Signal {
        HUP,
        USR1,
        USR2,
        WINCH,
        INT,
        TERM
    }

    /**
     * Something that is made of values.
     *
     * @param destination The file. Its directory is there already. Not for the format environment.
     * @param format What it is made into. By default what the ending of the destination says.
     * @param prefix A key, for it and all below it. By default all.
     * @param signal What the application is sent after the file was changed. By default nothing.
     * @param mode The file's mode, such as "0640" (in quotes).
     */
    public record Render(
            @Nullable String destination,
            @Nullable Format format,
            @DefaultValue("") String prefix,
            @Nullable Signal signal,
            @DefaultValue("0600") String mode) {}

    /** The files to be rendered. */
    public List<RenderOptions> renderedFiles() {
        List<RenderOptions> files = new ArrayList<>();
        for (int i = 0; i < render.size(); i++) {
            Render item = render.get(i);
            String property = "sidecar.config.render[" + i + "]";
            Format format = format(item, property);
            String prefix = prefix(item, property);
            if (format != Format.ENVIRONMENT) {
                files.add(new RenderOptions(
                        destination(item, property),
                        RenderFormat.valueOf(format.name()),
                        prefix,
                        item.signal() == null ? null : item.signal().name(),
                        FileMode.parse(property + ".mode", item.mode())));
            }
        }
        return files;
    }

    /** The prefixes of what the application finds in its environment. */
    public List<String> renderedVariables() {
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < render.size(); i++) {
            if (render.get(i).format() == Format.ENVIRONMENT) {
                prefixes.add(prefix(render.get(i), "sidecar.config.render[" + i + "]"));
            }
        }
        return prefixes;
    }

    private static Format format(Render item, String property) {
        if (item.format() != null) {
            return item.format();
        }
        String ending = StringUtils.getFilenameExtension(item.destination());
        return switch (ending == null ? "" : ending) {
            case "properties" -> Format.PROPERTIES;
            case "json" -> Format.JSON;
            case "yml", "yaml" -> Format.YAML;
            case "env" -> Format.ENV;
            default ->
                throw InvalidProperty.of(property + ".format", null, "properties, json, yaml, env or environment");
        };
    }

    private static String prefix(Render item, String property) {
        String prefix = item.prefix().endsWith(".")
                ? item.prefix().substring(0, item.prefix().length() - 1)
                : item.prefix();
        if (!prefix.isEmpty() && !ConfigKeys.isKey(prefix)) {
            throw InvalidProperty.of(property + ".prefix", prefix, "a key such as orders.db");
        }
        return prefix;
    }

    private static Path destination(Render item, String property) {
        String destination = item.destination();
        if (StringUtils.hasText(destination)) {
            try {
                return Path.of(destination).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                // Said below.
            }
        }
        throw InvalidProperty.of(property + ".destination", destination, "the path of a file");
    }
}
