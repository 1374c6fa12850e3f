package dev.sidecar.server.cli.validation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One name of a YAML file and what it holds.
 *
 * @param name dotted, from the root, as it is written
 * @param value null where it holds others, or nothing
 * @param line of the name, from 1
 * @param column of the name, from 1
 * @param index whether it is an item of a list
 */
record YamlEntry(String name, @Nullable String value, int line, int column, boolean index) {

    /** The name as Spring Boot compares it: without regard to case, dashes and underscores. */
    static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
