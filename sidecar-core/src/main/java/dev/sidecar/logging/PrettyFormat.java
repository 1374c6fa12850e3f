package dev.sidecar.logging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * For people: {@code 12:30:01.123 WARN  orders c.e.Payments : card refused amount=12}, a stack trace below it. Whatever
 * a record holds, it cannot steer the terminal or look like another record: control characters are written as escapes,
 * and each further line of a record is indented.
 */
final class PrettyFormat implements RecordFormat {

    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";
    private static final String INDENT = "\n    ";

    private final boolean colour;
    private final DateTimeFormatter time;

    PrettyFormat(boolean colour, ZoneId zone) {
        this.colour = colour;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
    }

    @Override
    public void append(LogRecord record, ByteArrayOutputStream out) {
        StringBuilder line = new StringBuilder(160);
        line.append(colour ? DIM : "").append(time.format(record.timestamp())).append(colour ? RESET : "");
        line.append(' ').append(level(record.severity())).append(' ');
        Object service = record.resource().get(Enrichment.SERVICE);
        if (service != null) {
            visible(service.toString(), line);
            line.append(' ');
        }
        if (record.scope() != null) {
            visible(record.scope(), line);
            line.append(' ');
        }
        line.append(": ");
        visible(BodyText.of(record.body()), line);
        attributes(record.attributes(), line);
        Object stackTrace = record.attributes().get("exception.stacktrace");
        if (stackTrace != null && !stackTrace.equals(record.body())) {
            line.append(INDENT);
            visible(stackTrace.toString().stripTrailing(), line);
        }
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    private String level(Severity severity) {
        String name = severity == Severity.UNSPECIFIED ? "     " : (severity.name() + " ").substring(0, 5);
        if (!colour) {
            return name;
        }
        return switch (severity) {
            case FATAL, ERROR -> "\u001b[31m" + name + RESET;
            case WARN -> "\u001b[33m" + name + RESET;
            case INFO -> "\u001b[32m" + name + RESET;
            default -> DIM + name + RESET;
        };
    }

    private void attributes(Map<String, Object> attributes, StringBuilder line) {
        attributes.forEach((name, value) -> {
            if (name.startsWith("exception.") && attributes.containsKey("exception.stacktrace")) {
                return;
            }
            line.append(' ').append(colour ? DIM : "");
            visible(name, line);
            line.append('=');
            visible(BodyText.of(value), line);
            line.append(colour ? RESET : "");
        });
    }

    private static void visible(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append(INDENT);
            } else if (c == '\t' || !steers(c)) {
                line.append(c);
            } else if (c != '\r' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                line.append(c < 0x100 ? String.format("\\x%02x", (int) c) : String.format("\\u%04x", (int) c));
            }
        }
    }

    /** Control characters, line separators, and those that change the direction of what follows. */
    private static boolean steers(char c) {
        return Character.isISOControl(c)
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\u200e'
                || c == '\u200f';
    }
}
