package dev.sidecar.server.logging.capture;

import dev.sidecar.logging.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes records of lines: one of each, but one of all lines of a stack trace and the message above it. A line is held
 * until it is known that the next one does not belong to it. Empty lines outside of a trace are dropped. Not
 * thread-safe.
 */
final class RecordJoiner {

    /** What is joined into one record at most, in characters. */
    static final int MAX_JOINED = 1 << 20;

    private final PlainRecord plain;
    private final Consumer<LogRecord> records;
    private final String source;
    private final List<Line> held = new ArrayList<>();
    private int heldLength;
    private int heldBlank;
    private TraceState state = TraceState.PLAIN;

    RecordJoiner(String source, Consumer<LogRecord> records) {
        this.source = source;
        this.plain = new PlainRecord(source);
        this.records = records;
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    void add(Line raw) {
        Line line = new Line(AnsiEscapes.strip(raw.text()), raw.cutBytes());
        if (held.isEmpty()) {
            begin(line);
        } else if (heldLength + line.text().length() <= MAX_JOINED && continues(line)) {
            hold(line);
        } else {
            release();
            begin(line);
        }
    }

    /** No line follows, or none soon. */
    void release() {
        if (state == TraceState.NODE_LOCATION) {
            // It was no error after all.
            held.forEach(line -> {
                if (!line.isBlank()) {
                    records.accept(plain.of(List.of(line), TraceState.PLAIN));
                }
            });
        } else if (!held.isEmpty()) {
            records.accept(plain.of(held, state));
        }
        held.clear();
        heldLength = 0;
        heldBlank = 0;
        state = TraceState.PLAIN;
    }

    private void begin(Line line) {
        if (line.isBlank()) {
            return;
        }
        LogRecord.Builder json = line.cutBytes() == 0 ? JsonLine.parse(line.text()) : null;
        if (json != null) {
            records.accept(json.source(source).build());
            return;
        }
        String text = line.text();
        if (TraceLines.isPythonStart(text)) {
            state = TraceState.PYTHON_FRAMES;
        } else if (TraceLines.isNodeLocation(text)) {
            state = TraceState.NODE_LOCATION;
        } else if (text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") && !text.contains("-----END ")) {
            state = TraceState.PEM;
        }
        hold(line);
    }

    private void hold(Line line) {
        if (line.isBlank()) {
            heldBlank++;
        }
        held.add(line);
        heldLength += line.text().length() + 1;
    }

    private Line last() {
        return held.get(held.size() - 1);
    }

    /** Also moves the state on. */
    private boolean continues(Line next) {
        String line = next.text();
        return switch (state) {
            case PLAIN -> afterPlain(line);
            case FRAMES -> afterFrame(line);
            case NODE_PROPERTIES -> afterProperty(line);
            case NODE_LOCATION -> afterLocation(next);
            case PYTHON_FRAMES -> afterPythonFrame(next);
            case PYTHON_AFTER -> afterPythonError(next);
            case PEM -> afterKey(line);
        };
    }

    private boolean afterPlain(String line) {
        if (TraceLines.isFrame(line)) {
            return frame(line);
        }
        // A message that says it is bad news, and the news.
        if (held.size() == 1 && plain.isBad(last())) {
            if (TraceLines.isPythonStart(line)) {
                state = TraceState.PYTHON_FRAMES;
                return true;
            }
            return TraceLines.isErrorHeader(line) && !TraceLines.isErrorHeader(last().text());
        }
        return false;
    }

    private boolean frame(String line) {
        state = line.endsWith(" {") ? TraceState.NODE_PROPERTIES : TraceState.FRAMES;
        return true;
    }

    private boolean afterFrame(String line) {
        if (TraceLines.isFrame(line)) {
            return frame(line);
        }
        if (line.isBlank()) {
            return heldBlank == 0 || !last().isBlank() && held.size() > 4;
        }
        return !last().isBlank() && TraceLines.isJavaRest(line) || TraceLines.isNodeVersion(line);
    }

    private boolean afterProperty(String line) {
        if (line.equals("}")) {
            state = TraceState.FRAMES;
            return true;
        }
        return TraceLines.isIndented(line);
    }

    private boolean afterLocation(Line next) {
        String line = next.text();
        boolean fits =
                switch (held.size()) {
                    case 1 -> !next.isBlank() && JsonLine.parse(line) == null;
                    case 2 -> TraceLines.isCaret(line);
                    case 3 -> next.isBlank();
                    default -> true;
                };
        if (fits && held.size() >= 4) {
            state = line.endsWith("{") ? TraceState.NODE_PROPERTIES : TraceState.FRAMES;
        }
        return fits;
    }

    private boolean afterPythonFrame(Line next) {
        if (next.isBlank()) {
            return false;
        }
        if (!TraceLines.isIndented(next.text()) && !TraceLines.isPythonStart(next.text())) {
            state = TraceState.PYTHON_AFTER;
        }
        return true;
    }

    private boolean afterPythonError(Line next) {
        if (next.isBlank()) {
            return !last().isBlank();
        }
        if (TraceLines.isPythonLink(next.text())) {
            return true;
        }
        int before = held.size() - (last().isBlank() ? 2 : 1);
        if (TraceLines.isPythonStart(next.text())
                && before >= 0
                && TraceLines.isPythonLink(held.get(before).text())) {
            state = TraceState.PYTHON_FRAMES;
            return true;
        }
        return false;
    }

    private boolean afterKey(String line) {
        if (last().text().contains("-----END ")) {
            return false;
        }
        return line.contains("-----END ") || line.indexOf(' ') < 0 || line.contains(": ");
    }
}
