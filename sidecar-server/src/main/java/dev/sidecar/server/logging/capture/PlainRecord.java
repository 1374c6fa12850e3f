package dev.sidecar.server.logging.capture;

import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of plain text as one record. The severity is the one the first line states, ERROR for an error or a
 * stack trace that states none, INFO otherwise, on standard error too: many programs log there whatever they have to say.
 */
final class PlainRecord {

    private final String source;

    PlainRecord(String source) {
        this.source = source;
    }

    /** Whether the line says of itself that something is wrong. */
    boolean isBad(Line line) {
        LevelWord level = LevelWord.of(line.text());
        return level != null && level.severity().compareTo(Severity.WARN) >= 0;
    }

    LogRecord of(List<Line> lines, TraceState state) {
        int size = lines.size();
        while (size > 1 && lines.get(size - 1).isBlank()) {
            size--;
        }
        List<Line> used = lines.subList(0, size);
        String first = used.get(0).text();
        LevelWord level = LevelWord.of(first);
        LogRecord.Builder record = LogRecord.builder().source(source);
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (level != null) {
            record.severity(level.severity()).severityText(level.text());
        } else {
            Thrown thrown = Thrown.of(first);
            record.severity(thrown == null ? Severity.INFO : thrown.severity());
        }
        if (state == TraceState.PLAIN || state == TraceState.PEM) {
            record.body(text(used).substring(level == null ? 0 : level.bodyStart()));
        } else {
            trace(used, state, level, record, attributes);
        }
        long cut = used.stream().mapToLong(Line::cutBytes).sum();
        if (cut > 0) {
            attributes.put("log.truncated", true);
            attributes.put("log.truncated.bytes", cut);
        }
        return record.attributes(attributes).build();
    }

    private static void trace(
            List<Line> lines,
            TraceState state,
            @Nullable LevelWord level,
            LogRecord.Builder record,
            Map<String, Object> attributes) {
        boolean python = state == TraceState.PYTHON_FRAMES || state == TraceState.PYTHON_AFTER;
        Thrown thrown = python ? lastThrown(lines) : firstThrown(lines);
        if (level == null) {
            record.severity(Severity.ERROR);
        }
        String first = lines.get(0).text();
        boolean message = lines.size() > 1
                && Thrown.of(first) == null
                && !TraceLines.isPythonStart(first)
                && !TraceLines.isNodeLocation(first);
        if (thrown == null) {
            record.body(first);
        } else {
            record.body(
                    message
                            ? first.substring(level == null ? 0 : level.bodyStart())
                            : thrown.type() + (thrown.message() == null ? "" : ": " + thrown.message()));
            attributes.put("exception.type", thrown.type());
            if (thrown.message() != null) {
                attributes.put("exception.message", thrown.message());
            }
        }
        boolean header =
                message && (python || lines.size() > 1 && Thrown.of(lines.get(1).text()) != null);
        attributes.put("exception.stacktrace", text(header ? lines.subList(1, lines.size()) : lines));
    }

    private static @Nullable Thrown firstThrown(List<Line> lines) {
        for (Line line : lines) {
            Thrown thrown = Thrown.of(line.text());
            if (thrown != null) {
                return thrown;
            }
        }
        return null;
    }

    /** Of Python the last one counts: the others happened on the way to it. */
    private static @Nullable Thrown lastThrown(List<Line> lines) {
        for (int i = lines.size() - 1; i > 0; i--) {
            String text = lines.get(i).text();
            if (!text.isBlank() && !TraceLines.isIndented(text)) {
                Thrown known = Thrown.of(text);
                int colon = text.indexOf(": ");
                if (known != null) {
                    return known;
                }
                // Python's types need not be called errors.
                String type = colon < 0 ? text : text.substring(0, colon);
                return type.indexOf(' ') >= 0 ? null : new Thrown(type, colon < 0 ? null : text.substring(colon + 2));
            }
        }
        return null;
    }

    private static String text(List<Line> lines) {
        return lines.size() == 1
                ? lines.get(0).text()
                : lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }
}
