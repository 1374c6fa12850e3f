package dev.sidecar.server.edge.template;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders one template with Pebble: strict, so that a name nobody defined is an error, and with every value escaped.
 * A template may include others of its own directory, and the built-in ones.
 */
public final class Templates {

    private static final int MAX_CHARACTERS = 8 << 20;

    private final String name;
    private final Sources sources;
    private final PebbleEngine engine;

    private Templates(String name, @Nullable Path directory) {
        this.name = name;
        this.sources = new Sources(directory);
        this.engine = new PebbleEngine.Builder()
                .loader(sources)
                .strictVariables(true)
                .autoEscaping(true)
                .addEscapingStrategy("proxy", new Escaping())
                .defaultEscapingStrategy("proxy")
                .cacheActive(false)
                .defaultLocale(Locale.ROOT)
                .maxRenderedSize(MAX_CHARACTERS)
                .extension(new AbstractExtension() {
                    @Override
                    public Map<String, Filter> getFilters() {
                        return Map.of("quote", new QuoteFilter(), "id", new IdFilter());
                    }

                    @Override
                    public Map<String, Function> getFunctions() {
                        return Map.of(Sources.END_OF_LINE, new EndOfLine());
                    }
                })
                .build();
    }

    /** One of ours, such as {@code nginx}. */
    public static Templates builtin(String proxy) {
        return new Templates(proxy + ".peb", null);
    }

    /** One of the user's. */
    public static Templates file(Path file) {
        Path path = file.toAbsolutePath();
        return new Templates(
                String.valueOf(path.getFileName()), path.normalize().getParent());
    }

    /** The user's files that were read so far: the template and what it includes. */
    public Set<Path> read() {
        return sources.read();
    }

    /** @throws TemplateProblem with line and column */
    public String render(Map<String, Object> model) throws TemplateProblem {
        StringWriter text = new StringWriter();
        try {
            engine.getTemplate(name).evaluate(text, model);
            return text.toString();
        } catch (PebbleException e) {
            throw new TemplateProblem(explain(e), e);
        } catch (IOException | RuntimeException e) {
            throw new TemplateProblem("template " + name + ": " + e.getMessage(), e);
        }
    }

    /** Pebble knows the line; the column is where the line has what it stumbled over. */
    private String explain(PebbleException e) {
        String file = e.getFileName() == null ? name : e.getFileName();
        Integer line = e.getLineNumber();
        String what = e instanceof AttributeNotFoundException missing
                ? "'" + missing.getAttributeName() + "' is not defined"
                : String.valueOf(e.getPebbleMessage());
        if (line == null) {
            return "template " + file + ": " + what;
        }
        String text = line(file, line);
        return "template " + file + " line " + line + " column " + column(text, e) + ": " + what
                + (text == null ? "" : " in: " + text.strip());
    }

    private static int column(@Nullable String line, PebbleException e) {
        if (line == null) {
            return 1;
        }
        List<Pattern> candidates = new ArrayList<>();
        if (e instanceof AttributeNotFoundException missing) {
            String word = Pattern.quote(missing.getAttributeName());
            candidates.add(Pattern.compile("(?<=[{][{%][^}]{0,200})\\b" + word + "\\b"));
            candidates.add(Pattern.compile("\\b" + word + "\\b"));
        }
        candidates.add(Pattern.compile("[{][{%]"));
        return candidates.stream()
                .map(candidate -> candidate.matcher(line))
                .filter(Matcher::find)
                .findFirst()
                .map(found -> found.start() + 1)
                .orElse(1);
    }

    private @Nullable String line(String file, int number) {
        try {
            List<String> lines = sources.text(file).lines().toList();
            return number >= 1 && number <= lines.size() ? lines.get(number - 1) : null;
        } catch (PebbleException e) {
            return null;
        }
    }
}
