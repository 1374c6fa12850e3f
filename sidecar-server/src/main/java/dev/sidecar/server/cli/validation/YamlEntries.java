package dev.sidecar.server.cli.validation;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The names and values of a YAML file with their places, depth first, and what is wrong with its syntax. */
final class YamlEntries {

    private final List<YamlEntry> entries = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private YamlEntries() {}

    static YamlEntries read(Path file) throws IOException {
        YamlEntries result = new YamlEntries();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (Node document : new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(reader)) {
                result.walk("", document, document.getStartMark());
            }
        } catch (MarkedYAMLException e) {
            result.broken(e.getProblemMark(), e.getProblem());
        } catch (YAMLException e) {
            result.broken(null, String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            result.broken(null, "the file is not UTF-8 text");
        }
        return result;
    }

    private void broken(@Nullable Mark mark, String problem) {
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        findings.add(new Finding(line, column, true, "not YAML: " + problem));
    }

    private void walk(String name, Node node, Mark place) {
        if (node instanceof MappingNode mapping) {
            add(name, null, place, false);
            Set<String> seen = new HashSet<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (!seen.add(key)) {
                    Mark mark = tuple.getKeyNode().getStartMark();
                    findings.add(new Finding(
                            mark.getLine() + 1,
                            mark.getColumn() + 1,
                            true,
                            (name.isEmpty() ? key : name + "." + key) + " is there twice; remove one"));
                }
                walk(
                        name.isEmpty() ? key : name + "." + key,
                        tuple.getValueNode(),
                        tuple.getKeyNode().getStartMark());
            }
        } else if (node instanceof SequenceNode sequence) {
            add(name, null, place, false);
            int number = 0;
            for (Node item : sequence.getValue()) {
                walkItem(name + "[" + number++ + "]", item);
            }
        } else if (node instanceof ScalarNode scalar) {
            add(name, Tag.NULL.equals(scalar.getTag()) ? null : scalar.getValue(), place, false);
        }
    }

    private void walkItem(String name, Node item) {
        if (item instanceof ScalarNode scalar) {
            add(name, scalar.getValue(), item.getStartMark(), true);
        } else {
            walk(name, item, item.getStartMark());
        }
    }

    private void add(String name, @Nullable String value, Mark place, boolean index) {
        if (!name.isEmpty()) {
            entries.add(new YamlEntry(name, value, place.getLine() + 1, place.getColumn() + 1, index));
        }
    }

    /** In the order of the file. */
    List<YamlEntry> entries() {
        return entries;
    }

    List<Finding> findings() {
        return findings;
    }
}
