package dev.sidecar.server.logging;

import dev.sidecar.Problem;
import dev.sidecar.SidecarException;
import dev.sidecar.logging.LogReceipt;
import dev.sidecar.logging.LogReceipt.LineError;
import dev.sidecar.logging.LogRecord;
import dev.sidecar.logging.Logs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the lines of a body a chunk at a time: the good ones are kept, the first of the bad ones are named. */
final class NdjsonBatch {

    /** More would only make the answer larger than the question. */
    static final int MAX_ERRORS = 100;

    private static final int CHUNK = 1000;

    private final Logs logs;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private int accepted;
    private int rejected;
    private int unreadable;
    private int lastKept;

    NdjsonBatch(Logs logs) {
        this.logs = logs;
    }

    LogReceipt write(byte[] body) {
        int line = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            while (to < body.length && body[to] != '\n') {
                to++;
            }
            line++;
            if (!isBlank(body, from, to)) {
                add(body, from, to - from, line);
            }
            from = to + 1;
        }
        writeChunk();
        errors.sort(Comparator.comparingInt(LineError::line));
        return new LogReceipt(accepted, rejected, errors);
    }

    /** Whether there were lines, and not one of them could be a record. */
    boolean isUnreadable() {
        return unreadable > 0 && accepted == 0 && rejected == unreadable;
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void add(byte[] body, int from, int length, int line) {
        try {
            records.add(NdjsonLine.parse(body, from, length));
            lines.add(line);
            if (records.size() == CHUNK) {
                writeChunk();
            }
        } catch (NdjsonLine.Invalid e) {
            unreadable++;
            reject(line, String.valueOf(e.getMessage()));
        }
    }

    private void writeChunk() {
        if (records.isEmpty()) {
            return;
        }
        LogReceipt receipt = written(List.copyOf(records));
        accepted += receipt.accepted();
        lastKept = lines.get(lines.size() - 1);
        for (LineError error : receipt.errors()) {
            reject(lines.get(error.line() - 1), error.detail());
        }
        records.clear();
        lines.clear();
    }

    /** A refusal says how much of the body was kept before it, so that the rest can be sent alone. */
    private LogReceipt written(List<LogRecord> chunk) {
        try {
            return logs.write(chunk);
        } catch (SidecarException e) {
            if (lastKept == 0) {
                throw e;
            }
            Problem problem = e.problem();
            throw new SidecarException(
                    new Problem(
                            problem.status(),
                            problem.code(),
                            problem.title(),
                            "the body was taken up to line " + lastKept + ", send the rest again; of that: "
                                    + problem.detail(),
                            problem.errors(),
                            problem.retryAfterSeconds()),
                    e);
        }
    }

    private void reject(int line, String detail) {
        rejected++;
        if (errors.size() < MAX_ERRORS) {
            errors.add(new LineError(line, detail));
        }
    }
}
