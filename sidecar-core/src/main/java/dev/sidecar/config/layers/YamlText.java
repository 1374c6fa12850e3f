package dev.sidecar.config.layers;

import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as Spring Boot reads it: maps, lists and scalars, and dates stay text. */
final class YamlText {

    private YamlText() {}

    /** Throws {@link IllegalArgumentException} that says what is wrong and where. */
    static List<Object> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(50);
        DumperOptions dumping = new DumperOptions();
        Yaml yaml =
                new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new PlainDates());
        try {
            return StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (MarkedYAMLException e) {
            // The message has a piece of the file in it, which may be a secret.
            String line = e.getProblemMark() == null
                    ? ""
                    : ", line " + (e.getProblemMark().getLine() + 1);
            throw new IllegalArgumentException("it is not YAML: " + e.getProblem() + line, e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("it is not YAML", e);
        }
    }

    private static final class PlainDates extends Resolver {

        @Override
        public void addImplicitResolver(Tag tag, java.util.regex.Pattern form, String first, int limit) {
            if (!Tag.TIMESTAMP.equals(tag)) {
                super.addImplicitResolver(tag, form, first, limit);
            }
        }
    }
}
