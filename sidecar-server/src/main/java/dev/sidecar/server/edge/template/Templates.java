package dev.sidecar.server.edge.template;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Renders one template with Pebble: strict, so that a name nobody defined is an error, and with every value escaped.
 * A template may include others of its own directory, and the built-in ones.
 */
public final class Templates {

    private static final String BUILTIN = "dev/sidecar/server/edge/template";
    private static final int MAX_CHARACTERS = 8 << 20;

    private final String name;
    private final Loader<?> loader;
    private final PebbleEngine engine;

    private Templates(String name, List<Loader<?>> loaders) {
        this.name = name;
        this.loader = new DelegatingLoader(loaders);
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
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
                })
                .build();
    }

    /** One of ours, such as {@code nginx}. */
    public static Templates builtin(String proxy) {
        return new Templates(proxy + ".peb", List.of(builtin()));
    }

    /** One of the user's. */
    public static Templates file(Path file) {
        Path path = file.toAbsolutePath();
        return new Templates(
                String.valueOf(path.getFileName()),
                List.of(new FileLoader(String.valueOf(path.getParent())), builtin()));
    }

    private static ClasspathLoader builtin() {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix(BUILTIN);
        return loader;
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
        try (Reader reader = read(loader, file)) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            List<String> lines = text.toString().lines().toList();
            return number >= 1 && number <= lines.size() ? lines.get(number - 1) : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static <K> Reader read(Loader<K> loader, String file) {
        return loader.getReader(loader.createCacheKey(file));
    }
}
